import { Accordion, Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listedNumber } from '../../../../../proto/listed-number.ts';
import type { OurNumber } from '../../../../../proto/our-number.ts';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { Moment } from '../../../../kit/moment.tsx';
import { Asked } from '../../../../kit/query.tsx';
import { useUser } from '../../../../kit/session/user.ts';
import type { Account } from '../../../app/account.ts';
import { readablePhone } from '../../../ui/phone.ts';
import { useCatalogue } from '../../employees/catalogue.ts';
import { Changeable } from '../../settings/changeable.tsx';
import { SaveBar } from '../../settings/save-bar.tsx';
import type { PresentSettings } from '../../settings/settings.ts';
import { useSectionForm } from '../../settings/use-section-form.ts';
import { countriesOf } from '../countries.ts';
import { NumberFields } from './number-fields.tsx';
import { type Entry, entriesOf, seenQuery, withNumber } from './seen.ts';
import { texts } from './words.ts';

/** What each number of ours stands for. */
export function OursTab({ account, present }: { account: Account; present: PresentSettings }) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const seen = useQuery(seenQuery(account.id));
  const { catalogue, renew } = useCatalogue(account.id, mayChange && account.state === 'connected');
  const { form, bar } = useSectionForm(present, ({ settings }) => ({ numbers: settings.numbers ?? {} }));
  const { numbers } = form.values;
  const [added, setAdded] = useState<string[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  const change = (key: string, changes: Partial<Record<keyof OurNumber, unknown>>) =>
    form.setValues((now) => ({ numbers: withNumber(now.numbers ?? {}, key, changes) }));
  const add = (key: string) => {
    setAdded([...added, key]);
    setOpen(key);
  };
  return (
    <Stack>
      <Text c="dimmed">{words.about}</Text>
      {catalogue.data?.pipelines === null && !renew.isPending && <Alert color="orange">{words.noPipelines}</Alert>}
      <Asked query={seen}>
        {(list) => {
          const entries = entriesOf(list, [...Object.keys(numbers), ...added]);
          if (entries.length === 0) return <EmptyState title={words.none} text={words.noneText} />;
          return (
            <Accordion variant="contained" value={open} onChange={setOpen}>
              {entries.map((entry) => (
                <Accordion.Item key={entry.key} value={entry.key}>
                  <Accordion.Control>
                    <EntryTitle entry={entry} name={numbers[entry.key]?.name} />
                  </Accordion.Control>
                  <Accordion.Panel>
                    {open === entry.key && (
                      <Changeable if={mayChange}>
                        <NumberFields
                          number={numbers[entry.key] ?? {}}
                          users={catalogue.data?.users ?? []}
                          pipelines={catalogue.data?.pipelines ?? []}
                          calendars={present.settings.calendars}
                          onChange={(changes) => change(entry.key, changes)}
                        />
                      </Changeable>
                    )}
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          );
        }}
      </Asked>
      {mayChange && (
        <>
          <AddNumber country={countriesOf(account, present)[0] ?? 'RU'} onAdd={add} />
          <SaveBar
            {...bar}
            accountId={account.id}
            sections={form.isDirty() ? { numbers: Object.keys(numbers).length === 0 ? null : numbers } : undefined}
          />
        </>
      )}
    </Stack>
  );
}

function EntryTitle({ entry: { key, seen, calls, lastAtMs }, name }: { entry: Entry; name: string | undefined }) {
  const words = useWords(texts);
  const shown = /^\d+$/.test(key) ? readablePhone(key) : key;
  const kind = seen.length > 0 && seen.every((one) => one.kind === 'trunk') ? words.trunk : words.did;
  const targets = seen.flatMap(({ leadsTo }) => (leadsTo ? [words.leadsTo(leadsTo.kind, leadsTo.name)] : []));
  const parts = [kind, ...new Set(seen.map(({ pbxId }) => pbxId)), ...new Set(targets)];
  return (
    <div>
      <Text fw={600}>{name ? `${name} · ${shown}` : shown}</Text>
      <Text size="sm" c="dimmed">
        {parts.join(' · ')}
        {calls !== null && ` · ${calls > 0 ? words.calls(calls) : words.never}`}
        {lastAtMs !== null && (
          <>
            , {words.last} <Moment atMs={lastAtMs} isShort />
          </>
        )}
      </Text>
    </div>
  );
}

/** A number in any way of writing; what has letters in it is a trunk. */
function AddNumber({ country, onAdd }: { country: string; onAdd: (key: string) => void }) {
  const words = useWords(texts);
  const [text, setText] = useState('');
  const [isBad, setBad] = useState(false);
  const add = () => {
    const key = /[^\d\s+().-]/.test(text) ? text.trim() : listedNumber(text, country)?.replace('*', '');
    setBad(key === undefined);
    if (!key) return;
    onAdd(key);
    setText('');
  };
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        label={words.other}
        value={text}
        maxLength={80}
        error={isBad && words.badNumber}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && add()}
        maw={400}
      />
      <Button variant="light" disabled={text.trim() === ''} onClick={add}>
        {words.add}
      </Button>
    </Group>
  );
}
