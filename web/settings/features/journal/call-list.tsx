import { Anchor, Badge, Card, Group, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { MouseEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { clock } from '../../../kit/duration.ts';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { readablePhone } from '../../ui/phone.ts';
import { type Person, personName } from '../employees/people.ts';
import { callTexts } from './call-words.ts';
import { type CallRow, callAddress } from './calls.ts';
import { clientOf } from './client.ts';
import { RegistrationBadge, ResultBadge } from './states.tsx';
import { texts } from './words.ts';

interface CallListParts {
  account: string;
  calls: CallRow[];
  /** Of the address. */
  search: string;
  people: Person[] | undefined;
}

/** A table, or on a narrow screen a list of cards. */
export function CallList(parts: CallListParts) {
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return isNarrow ? <CallCards {...parts} /> : <CallTable {...parts} />;
}

const addressIn = ({ account, search }: CallListParts, { pbxId, linkedid }: CallRow) =>
  callAddress(account, { pbx: pbxId, linkedid }, search);

function CallTable(parts: CallListParts) {
  const words = useWords(texts);
  const [, go] = useLocation();
  return (
    <Table highlightOnHover verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.when}</Table.Th>
          <Table.Th>{words.call}</Table.Th>
          <Table.Th>{words.who}</Table.Th>
          <Table.Th>{words.result}</Table.Th>
          <Table.Th ta="right">{words.waited}</Table.Th>
          <Table.Th ta="right">{words.talked}</Table.Th>
          <Table.Th>amoCRM</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {parts.calls.map((call) => (
          <Table.Tr
            key={`${call.pbxId} ${call.linkedid}`}
            style={{ cursor: 'pointer' }}
            onClick={() => go(addressIn(parts, call))}
          >
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              <Moment atMs={call.startedAtMs} isShort />
            </Table.Td>
            <Table.Td>
              <CallLink parts={parts} call={call} />
              <Direction call={call} />
            </Table.Td>
            <Table.Td>
              <People call={call} people={parts.people} />
            </Table.Td>
            <Table.Td>
              <ResultBadge result={call.result} />
            </Table.Td>
            <Table.Td ta="right">{clock(call.waitSeconds)}</Table.Td>
            <Table.Td ta="right">{call.talkSeconds > 0 ? clock(call.talkSeconds) : '—'}</Table.Td>
            <Table.Td>
              <Marks call={call} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function CallCards(parts: CallListParts) {
  const words = useWords(texts);
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {parts.calls.map((call) => (
        <Card component="li" withBorder padding="sm" key={`${call.pbxId} ${call.linkedid}`}>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <CallLink parts={parts} call={call} />
              <Direction call={call} />
            </div>
            <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
              <Moment atMs={call.startedAtMs} isShort />
            </Text>
          </Group>
          <Group gap="xs" mt="xs">
            <ResultBadge result={call.result} />
            <Marks call={call} />
          </Group>
          <Group justify="space-between" mt="xs" wrap="nowrap">
            <People call={call} people={parts.people} />
            <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
              {call.talkSeconds > 0
                ? `${words.talked} ${clock(call.talkSeconds)}`
                : `${words.waited} ${clock(call.waitSeconds)}`}
            </Text>
          </Group>
        </Card>
      ))}
    </Stack>
  );
}

function CallLink({ parts, call }: { parts: CallListParts; call: CallRow }) {
  const words = useWords(callTexts);
  return (
    <Anchor
      component={Link}
      href={addressIn(parts, call)}
      fw={600}
      style={{ whiteSpace: 'nowrap' }}
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      {clientOf(call, words)}
    </Anchor>
  );
}

function Direction({ call: { direction, did } }: { call: CallRow }) {
  const words = useWords(callTexts);
  const call = direction === null ? words.noDirection : words.directions[direction];
  return (
    <Text size="xs" c="dimmed">
      {call}
      {did !== null && ` · ${readablePhone(did)}`}
    </Text>
  );
}

function People({ call: { talked, others }, people }: { call: CallRow; people: Person[] | undefined }) {
  return (
    <Text size="sm" component="span">
      {talked.length > 0 && (
        <Text span fw={600} inherit>
          {talked.map((extension) => personName(extension, people)).join(', ')}
        </Text>
      )}
      {talked.length > 0 && others.length > 0 && ', '}
      <Text span c="dimmed" inherit>
        {others.join(', ')}
      </Text>
    </Text>
  );
}

function Marks({ call }: { call: CallRow }) {
  const words = useWords(texts);
  return (
    <Group gap={4}>
      <RegistrationBadge state={call.registration} />
      {call.hasTroubles && (
        <Badge variant="dot" color="orange">
          {words.withTroubles}
        </Badge>
      )}
    </Group>
  );
}
