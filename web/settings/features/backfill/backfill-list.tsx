import { Anchor, Card, Group, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Account } from '../../app/account.ts';
import { type Backfill, backfillAddress, backfillsQuery, useCommand } from './backfills.ts';
import { Commands } from './commands.tsx';
import { BackfillProgress, Chosen, StateBadge } from './progress.tsx';
import { texts } from './words.ts';

/** All that there were, newest first. */
export function BackfillList({ account }: { account: Account }) {
  const words = useWords(texts);
  const backfills = useQuery(backfillsQuery(account.id));
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {words.list}
      </Title>
      <Asked query={backfills}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={words.none} text={words.noneText} />
          ) : (
            <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={words.list}>
              {list.map((backfill) => (
                <BackfillItem key={backfill.id} account={account} backfill={backfill} />
              ))}
            </Stack>
          )
        }
      </Asked>
    </Stack>
  );
}

function BackfillItem({ account, backfill }: { account: Account; backfill: Backfill }) {
  const { command, isStopping } = useCommand(account.id, backfill);
  const { id, pbxId, choice, state } = backfill;
  const zone = account.pbxs.find((pbx) => pbx.id === pbxId)?.timezone;
  return (
    <Card component="li" withBorder padding="sm">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start">
          <Anchor component={Link} href={backfillAddress(account.id, id)} fw={600}>
            <Chosen choice={choice} zone={zone} />
            {account.pbxs.length > 1 && ` · ${pbxId}`}
          </Anchor>
          <StateBadge state={state} isStopping={isStopping} />
        </Group>
        <BackfillProgress {...{ backfill, zone, isStopping }} />
        <Commands {...{ backfill, command, isStopping }} />
      </Stack>
    </Card>
  );
}
