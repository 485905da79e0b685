import { Box, Button, Fieldset, Group, Menu, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Responsible } from '../../../../proto/rule.ts';
import { useWords } from '../../../kit/language.tsx';
import { UserChoice } from './amocrm-choice.tsx';
import { FaultsOf } from './form-context.tsx';
import { responsibleTexts } from './responsible-words.ts';
import { Step } from './step.tsx';
import { texts } from './words.ts';

type Kind = keyof (typeof responsibleTexts)['en']['kinds'];

interface ResponsibleFieldParts {
  value: Responsible[];
  place: string;
  onChange: (chain: Responsible[]) => void;
}

const most = 10;

const kindOf = (link: Responsible): Kind => (typeof link === 'string' ? link : 'userId' in link ? 'userId' : 'byDid');

function newLink(kind: Kind): Responsible {
  if (kind === 'userId') return { userId: 0 };
  return kind === 'byDid' ? { byDid: {} } : kind;
}

/** Who is responsible: a list, asked from above. */
export function ResponsibleField({ value, place, onChange }: ResponsibleFieldParts) {
  const words = useWords(texts);
  const { kinds } = useWords(responsibleTexts);
  const used = new Set(value.filter((link) => typeof link === 'string').map(kindOf));
  return (
    <Fieldset legend={words.responsible} p="xs">
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          {value.length === 0 ? words.nobodyIsResponsible : words.responsibleAbout}
        </Text>
        {value.map((link, index) => {
          const name = `${index + 1}. ${kinds[kindOf(link)]}`;
          const swap = (to: number) => onChange(value.toSpliced(index, 1).toSpliced(to, 0, link));
          return (
            <Stack key={JSON.stringify([kindOf(link), index])} gap={4}>
              <Group gap={4} wrap="nowrap">
                <Text size="sm" flex={1}>
                  {name}
                </Text>
                <Step sign="↑" label={words.moveUp(name)} isOff={index === 0} onClick={() => swap(index - 1)} />
                <Step
                  sign="↓"
                  label={words.moveDown(name)}
                  isOff={index === value.length - 1}
                  onClick={() => swap(index + 1)}
                />
                <Step
                  sign="×"
                  label={words.ofRule(words.takeOut, name)}
                  onClick={() => onChange(value.toSpliced(index, 1))}
                />
              </Group>
              <LinkFields
                link={link}
                place={`${place}/${index}`}
                onChange={(changed) => onChange(value.with(index, changed))}
              />
            </Stack>
          );
        })}
        <FaultsOf place={place} />
        <Menu>
          <Menu.Target>
            <Button
              size="compact-sm"
              variant="light"
              style={{ alignSelf: 'flex-start' }}
              disabled={value.length >= most}
            >
              {words.addResponsible}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(Object.keys(kinds) as Kind[])
              .filter((kind) => !used.has(kind))
              .map((kind) => (
                <Menu.Item key={kind} onClick={() => onChange([...value, newLink(kind)])}>
                  {kinds[kind]}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      </Stack>
    </Fieldset>
  );
}

interface LinkFieldsParts {
  link: Responsible;
  place: string;
  onChange: (link: Responsible) => void;
}

function LinkFields({ link, place, onChange }: LinkFieldsParts) {
  if (typeof link === 'string') return null;
  if ('userId' in link) {
    return <UserChoice value={link.userId} place={place} onChange={(userId) => onChange({ userId })} />;
  }
  return <ByDid byDid={link.byDid} place={place} onChange={(byDid) => onChange({ byDid })} />;
}

interface ByDidParts {
  byDid: Record<string, number>;
  place: string;
  onChange: (byDid: Record<string, number>) => void;
}

const mappingOf = (rows: readonly [string, number][]): Record<string, number> =>
  Object.fromEntries(rows.filter(([did]) => did !== ''));

/** A number that was called → who is responsible. */
function ByDid({ byDid, place, onChange }: ByDidParts) {
  const words = useWords(texts);
  const [typed, setTyped] = useState(() => Object.entries(byDid)); // an unfinished number may be that of another row
  const rows = JSON.stringify(mappingOf(typed)) === JSON.stringify(byDid) ? typed : Object.entries(byDid);
  const set = (changed: [string, number][]) => {
    setTyped(changed);
    onChange(mappingOf(changed));
  };
  const change = (index: number, row: [string, number] | undefined) =>
    set(row ? rows.with(index, row) : rows.toSpliced(index, 1));
  return (
    <Stack gap={4} pl="md">
      {rows.map(([did, userId], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a number that is being typed is no key
        <Group key={index} gap={4} align="flex-start" wrap="nowrap">
          <TextInput
            label={words.did}
            inputMode="tel"
            maxLength={32}
            value={did}
            onChange={({ currentTarget }) => change(index, [currentTarget.value, userId])}
            flex={1}
          />
          <UserChoice value={userId} place={`${place}/byDid/${did}`} onChange={(id) => change(index, [did, id])} />
          <Box mt={25}>
            <Step sign="×" label={words.ofRule(words.takeOut, did)} onClick={() => change(index, undefined)} />
          </Box>
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => set([...rows, ['', 0]])}
      >
        {words.addDid}
      </Button>
    </Stack>
  );
}
