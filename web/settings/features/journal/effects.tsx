import { Badge, Code, Table, Text } from '@mantine/core';
import { useWords } from '../../app/language.tsx';
import { Moment } from '../../ui/moment.tsx';
import type { CallAnswer } from './calls.ts';
import { texts } from './words.ts';

type Effect = CallAnswer['effects'][number];

const colors: Record<Effect['state'], string> = { done: 'teal', open: 'blue', idle: 'orange' };

/** What was sent for a call, and what came of it. */
export function Effects({ effects }: { effects: readonly Effect[] }) {
  const words = useWords(texts);
  if (effects.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.noEffects}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer
      minWidth={520}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': words.sent } }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.sent}</Table.Th>
            <Table.Th>{words.state}</Table.Th>
            <Table.Th ta="right">{words.attempts}</Table.Th>
            <Table.Th>{words.when}</Table.Th>
            <Table.Th>{words.answered}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {effects.map(({ effect, state, attempts, changedAtMs, record }) => (
            <Table.Tr key={effect}>
              <Table.Td>{words.effectName(effect)}</Table.Td>
              <Table.Td>
                <Badge variant="dot" color={colors[state]}>
                  {words.effectStates[state]}
                </Badge>
              </Table.Td>
              <Table.Td ta="right">{attempts}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <Moment atMs={changedAtMs} />
              </Table.Td>
              <Table.Td>{record !== null && <Code>{recordText(record)}</Code>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** `noteId 5, entityType contacts`; what lies deeper as JSON. */
function recordText(record: unknown): string {
  if (typeof record !== 'object' || record === null) return JSON.stringify(record);
  return Object.entries(record)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
