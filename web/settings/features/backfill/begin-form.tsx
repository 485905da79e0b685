import { Button, Card, Group, Radio, Select, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import type { BackfillMode, BackfillOrder } from '../../../../proto/backfill.ts';
import { useWords } from '../../../kit/language.tsx';
import type { Account } from '../../app/account.ts';
import type { ChosenElsewhere } from './bring-these.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { linkedidsIn, type WrittenLinkedids } from './linkedids.ts';
import { type PeriodValues, periodOf, quickPeriod } from './period.ts';
import { texts } from './words.ts';

/** Which calls are to be brought, and how. @param pbxs of the account, one at least */
export function BeginForm({ account }: { account: Account }) {
  const words = useWords(texts);
  const chosen = useChosenElsewhere(account);
  const [pbxId, setPbx] = useState(chosen?.pbxId ?? account.pbxs[0]?.id ?? '');
  const zone = account.pbxs.find(({ id }) => id === pbxId)?.timezone ?? 'UTC';
  const [by, setBy] = useState<'period' | 'calls'>(chosen ? 'calls' : 'period');
  const [values, setValues] = useState(() => quickPeriod('week', zone, Date.now()));
  const [written, setWritten] = useState(chosen?.linkedids.join('\n') ?? '');
  const [mode, setMode] = useState<BackfillMode>({ scope: 'records', leaveOthers: false });
  const [isAsked, { open, close }] = useDisclosure();
  const period = periodOf(values, zone, Date.now());
  const calls = linkedidsIn(written);
  const choice = by === 'period' ? period && { period } : typeof calls === 'object' && 'linkedids' in calls && calls;
  const order: BackfillOrder | undefined = choice ? { pbxId, choice, mode } : undefined;
  return (
    <Card withBorder component="section" aria-label={words.bring}>
      <Stack>
        <Title order={3} size="h4">
          {words.bring}
        </Title>
        {account.pbxs.length > 1 && (
          <Select
            label={words.pbx}
            data={account.pbxs.map(({ id }) => id)}
            value={pbxId}
            allowDeselect={false}
            maw={320}
            onChange={(id) => setPbx(id ?? '')}
          />
        )}
        <Radio.Group label={words.which} value={by} onChange={(one) => setBy(one as typeof by)}>
          <Group mt="xs">
            <Radio value="period" label={words.byPeriod} />
            <Radio value="calls" label={words.byCalls} />
          </Group>
        </Radio.Group>
        {by === 'period' ? (
          <PeriodFields values={values} zone={zone} isUsable={period !== undefined} onChange={setValues} />
        ) : (
          <CallsField written={written} calls={calls} onChange={setWritten} />
        )}
        <ModeFields mode={mode} onChange={setMode} />
        <Group>
          <Button disabled={!order} onClick={open}>
            {words.begin}
          </Button>
        </Group>
      </Stack>
      {isAsked && order && <ConfirmDialog account={account} order={order} zone={zone} onClose={close} />}
    </Card>
  );
}

/** Of a PBX of this account. */
function useChosenElsewhere({ pbxs }: Account): ChosenElsewhere | undefined {
  const { chosen } = useHistoryState<{ chosen?: ChosenElsewhere } | null>() ?? {};
  return pbxs.some(({ id }) => id === chosen?.pbxId) ? chosen : undefined;
}

interface CallsFieldParts {
  written: string;
  calls: WrittenLinkedids;
  onChange: (written: string) => void;
}

function CallsField({ written, calls, onChange }: CallsFieldParts) {
  const words = useWords(texts);
  const fault =
    calls === 'none'
      ? null
      : 'wrong' in calls
        ? words.noLinkedid(calls.wrong)
        : 'tooMany' in calls
          ? words.tooMany(calls.tooMany)
          : null;
  return (
    <Stack gap="xs">
      <Textarea
        label={words.linkedids}
        description={words.linkedidsMeans}
        value={written}
        autosize
        minRows={3}
        maxRows={10}
        maw={480}
        spellCheck={false}
        error={fault}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {typeof calls === 'object' && 'linkedids' in calls && (
        <Text size="sm" c="dimmed" role="status">
          {words.calls(calls.linkedids.length)}
        </Text>
      )}
    </Stack>
  );
}

interface PeriodFieldsParts {
  values: PeriodValues;
  zone: string;
  isUsable: boolean;
  onChange: (values: PeriodValues) => void;
}

function PeriodFields({ values, zone, isUsable, onChange }: PeriodFieldsParts) {
  const words = useWords(texts);
  const edge = (name: 'from' | 'to') => (
    <TextInput
      type="datetime-local"
      label={words[name]}
      value={values[name]}
      onChange={({ currentTarget }) => onChange({ ...values, [name]: currentTarget.value })}
    />
  );
  return (
    <Stack gap="xs">
      <Group gap="xs" role="group" aria-label={words.quick}>
        {(['yesterday', 'week', 'month'] as const).map((choice) => {
          const quick = quickPeriod(choice, zone, Date.now());
          const isChosen = quick.from === values.from && quick.to.slice(0, 10) === values.to.slice(0, 10);
          return (
            <Button
              key={choice}
              variant={isChosen ? 'light' : 'default'}
              aria-pressed={isChosen}
              onClick={() => onChange(quick)}
            >
              {words.choices[choice]}
            </Button>
          );
        })}
      </Group>
      <Group gap="xs" align="flex-end">
        {edge('from')}
        {edge('to')}
      </Group>
      <Text size="sm" c={isUsable ? 'dimmed' : 'red.9'} role="status">
        {isUsable ? words.clock(zone) : words.periodFault}
      </Text>
    </Stack>
  );
}

function ModeFields({ mode, onChange }: { mode: BackfillMode; onChange: (mode: BackfillMode) => void }) {
  const words = useWords(texts);
  return (
    <>
      <Radio.Group
        label={words.scope}
        value={mode.scope}
        onChange={(scope) => onChange({ ...mode, scope: scope as BackfillMode['scope'] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="records" label={words.records} description={words.recordsMeans} />
          <Radio value="everything" label={words.everything} description={words.everythingMeans} />
        </Stack>
      </Radio.Group>
      <Switch
        label={words.leaveOthers}
        description={words.leaveOthersMeans}
        checked={mode.leaveOthers}
        onChange={({ currentTarget }) => onChange({ ...mode, leaveOthers: currentTarget.checked })}
      />
    </>
  );
}
