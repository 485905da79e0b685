import { Alert, Anchor, Badge, Card, Group, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useWords } from '../../../kit/language.tsx';
import { addressOf, useAccount } from '../../app/account.ts';
import type { LicenceAnswer } from './licence.ts';
import { texts } from './words.ts';

/** How many seats are used, and who has one. */
export function SeatList({ licence: { seats } }: { licence: LicenceAnswer }) {
  const words = useWords(texts);
  const { accounts, account } = useAccount();
  const { count, used, people } = seats;
  const isShort = used > count;
  const sorted = people.toSorted((one, other) => Number(other.hasSeat) - Number(one.hasSeat));
  return (
    <Card withBorder component="section" aria-label={words.whoHasSeats}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">
            {words.whoHasSeats}
          </Title>
          <Text>{words.seatsUsed(Math.min(used, count), count)}</Text>
        </Group>
        <Progress
          value={count === 0 ? 100 : Math.min(100, (used / count) * 100)}
          color={isShort ? 'orange' : 'teal'}
          aria-label={words.seatsUsed(Math.min(used, count), count)}
        />
        {isShort && (
          <Alert color="orange" title={words.seatsMissing(used - count)}>
            {words.seatsMissingText}
          </Alert>
        )}
        {people.length === 0 ? (
          <Text c="dimmed">{words.noPeople}</Text>
        ) : (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.employee}</Table.Th>
                <Table.Th>{words.extensions}</Table.Th>
                <Table.Th>{words.seat}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.map(({ accountId, userId, name, extensions, hasSeat }) => (
                <Table.Tr key={`${accountId} ${userId}`}>
                  <Table.Td>
                    {name || words.user(userId)}
                    {accounts.length > 1 && (
                      <Text size="xs" c="dimmed">
                        {accountId}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{extensions.join(', ')}</Table.Td>
                  <Table.Td>
                    <Badge color={hasSeat ? 'teal.9' : 'orange.9'} miw="max-content">
                      {hasSeat ? words.hasSeat : words.noSeat}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {account && (
          <Text size="sm">
            {words.seatOrder}{' '}
            <Anchor component={Link} href={`${addressOf(account.id, 'employees')}#seats`} inherit td="underline">
              {words.chooseSeats}
            </Anchor>
          </Text>
        )}
      </Stack>
    </Card>
  );
}
