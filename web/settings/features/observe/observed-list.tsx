import { Anchor, Card, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import type { Account } from '../../app/account.ts';
import { catalogueQuery } from '../employees/catalogue.ts';
import { callTexts } from '../journal/call-words.ts';
import { callAddress } from '../journal/calls.ts';
import { clientOf } from '../journal/client.ts';
import { differenceTexts } from '../journal/difference-words.ts';
import type { ObservedCall } from './observed.ts';
import { texts } from './words.ts';

/** Observed calls, each with what differs, and the way to its page in the journal. */
export function ObservedList({ account, calls }: { account: Account; calls: ObservedCall[] }) {
  const words = useWords(texts);
  const { data } = useQuery(catalogueQuery(account.id));
  const names = new Map(data?.users.map(({ id, name }) => [id, name]));
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {calls.map((call) => (
        <ObservedItem
          key={`${call.pbxId} ${call.linkedid}`}
          {...{ account, call }}
          nameOf={(user) => names.get(user) ?? words.userOf(user)}
        />
      ))}
    </Stack>
  );
}

interface ObservedItemParts {
  account: Account;
  call: ObservedCall;
  nameOf: (user: number) => string;
}

function ObservedItem({ account, call, nameOf }: ObservedItemParts) {
  const words = useWords(callTexts);
  const { pbxId, linkedid, startedAtMs, direction, extensions } = call;
  const parties = { ...call, callerExtension: null, calledExtension: null };
  return (
    <Card component="li" withBorder padding="sm">
      <Group justify="space-between" align="flex-start">
        <Text size="sm">
          <Anchor component={Link} fw={600} href={callAddress(account.id, { pbx: pbxId, linkedid }, '')}>
            {clientOf(parties, words)}
          </Anchor>{' '}
          · {direction === null ? words.noDirection : words.directions[direction]} · {extensions.join(', ')}
        </Text>
        <Text size="sm" c="dimmed">
          <Moment atMs={startedAtMs} isShort /> · {pbxId}
        </Text>
      </Group>
      <Outcome call={call} nameOf={nameOf} />
    </Card>
  );
}

function Outcome({ call: { comparison }, nameOf }: Pick<ObservedItemParts, 'call' | 'nameOf'>) {
  const words = useWords(texts);
  const tell = useWords(differenceTexts);
  if (!comparison) return <Text size="sm">{words.waiting}</Text>;
  if ('unread' in comparison) return <Text size="sm">{words.unread(comparison.unread)}</Text>;
  if (comparison.differences.length === 0) return <Text size="sm">{words.same}</Text>;
  return (
    <List size="sm" mt={4}>
      {comparison.differences.map((difference) => (
        <List.Item key={JSON.stringify(difference)}>{tell(difference, nameOf)}</List.Item>
      ))}
    </List>
  );
}
