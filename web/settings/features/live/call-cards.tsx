import { Anchor, Badge, Card, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { clock } from '../../../kit/duration.ts';
import { useWords } from '../../../kit/language.tsx';
import { readablePhone } from '../../ui/phone.ts';
import { type Person, personName } from '../employees/people.ts';
import { callTexts } from '../journal/call-words.ts';
import { callAddress } from '../journal/calls.ts';
import { clientOf } from '../journal/client.ts';
import type { Doing, LiveCall, OverCall } from './following.ts';
import { texts } from './words.ts';

export const doingColors: Record<Doing | 'free', string> = {
  ...{ free: 'gray', rings: 'blue', dials: 'cyan', talks: 'teal', holds: 'orange' },
};

const plainList = { p: 0, m: 0, style: { listStyle: 'none' } } as const;

interface CallCardsParts {
  calls: readonly LiveCall[];
  people: readonly Person[] | undefined;
  /** By the server's clock. */
  nowMs: number;
}

/** The calls that go on, in order of their beginning. */
export function CallCards({ calls, people, nowMs }: CallCardsParts) {
  const words = useWords(texts);
  return (
    <Stack gap="xs" component="ul" aria-label={words.calls} {...plainList}>
      {calls.map((call) => (
        <Card component="li" withBorder padding="sm" key={`${call.pbxId} ${call.linkedid}`}>
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <Client call={call} />
            <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
              {words.lasts} {clock((nowMs - call.startedAtMs) / 1_000)}
            </Text>
          </Group>
          <Group gap="xs" mt="xs">
            <Parts call={call} people={people} nowMs={nowMs} />
            {call.transfer && (
              <Text size="sm" c="dimmed">
                {words.handedOn(call.transfer.from ?? '?', call.transfer.to ?? '?')}
              </Text>
            )}
          </Group>
        </Card>
      ))}
    </Stack>
  );
}

/** With whom the call is: by name if amoCRM knows them. */
export function Client({ call }: { call: LiveCall }) {
  const words = useWords(callTexts);
  const { client, direction, did } = call;
  const number = clientOf(call, words);
  const told = [
    ...(client?.name ? [number] : []),
    direction === null ? words.noDirection : words.directions[direction],
    ...(did === null ? [] : [readablePhone(did)]),
  ];
  return (
    <div>
      <Text fw={600}>{client?.name || number}</Text>
      <Text size="xs" c="dimmed">
        {told.join(' · ')}
      </Text>
    </div>
  );
}

function Parts({ call: { parts, queue }, people, nowMs }: Omit<CallCardsParts, 'calls'> & { call: LiveCall }) {
  const words = useWords(texts);
  if (parts.length === 0) {
    return (
      <Badge variant="dot" color="blue">
        {queue === null ? words.waits : words.inQueue(queue)}
      </Badge>
    );
  }
  return parts.map(({ extension, doing, sinceMs }) => (
    <Badge key={`${extension} ${doing} ${sinceMs}`} variant="dot" color={doingColors[doing]}>
      {personName(extension, people)}: {words.doing[doing]} {clock((nowMs - sinceMs) / 1_000)}
    </Badge>
  ));
}

/** Calls that have just ended, with the way to all that became of them. */
export function OverCalls({ account, over }: { account: string; over: readonly OverCall[] }) {
  const words = useWords(texts);
  return (
    <Stack gap="xs" component="ul" aria-label={words.over} {...plainList}>
      {over.map(({ call, isInJournal }) => (
        <Group component="li" justify="space-between" key={`${call.pbxId} ${call.linkedid}`}>
          <Client call={call} />
          {isInJournal ? (
            <Anchor
              component={Link}
              size="sm"
              href={callAddress(account, { pbx: call.pbxId, linkedid: call.linkedid }, '')}
            >
              {words.open}
            </Anchor>
          ) : (
            <Text size="sm" c="dimmed">
              {words.beingWritten}
            </Text>
          )}
        </Group>
      ))}
    </Stack>
  );
}
