import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'wouter';
import { type BackfillOutcome, isOpen } from '../../../../proto/backfill.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { type Account, addressOf } from '../../app/account.ts';
import { type Backfill, backfillQuery, useCallsOf, useCommand } from './backfills.ts';
import { BringThese } from './bring-these.tsx';
import { CallList } from './call-list.tsx';
import { Commands } from './commands.tsx';
import { BackfillProgress, Chosen, outcomesOf, StateBadge } from './progress.tsx';
import { texts } from './words.ts';

/** How one goes, and what became of its calls. */
export default function ResultPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const { backfill = '' } = useParams();
  const isAdmin = useUser().role === 'admin';
  const one = useQuery({ ...backfillQuery(account.id, backfill), enabled: isAdmin });
  if (!isAdmin) return <EmptyState title={words.notYours} text={words.notYoursText} />;
  return (
    <>
      <Anchor component={Link} href={addressOf(account.id, 'backfill')} size="sm">
        ← {words.title}
      </Anchor>
      <Asked query={one}>
        {(found) => (
          <Page title={words.numbered(found.id)}>
            <Result account={account} backfill={found} />
          </Page>
        )}
      </Asked>
    </>
  );
}

interface ResultParts {
  account: Account;
  backfill: Backfill;
}

function Result({ account, backfill }: ResultParts) {
  const words = useWords(texts);
  const { command, isStopping } = useCommand(account.id, backfill);
  const { choice, pbxId, state, workflowUrl } = backfill;
  const zone = account.pbxs.find(({ id }) => id === pbxId)?.timezone;
  return (
    <Stack>
      <Group gap="xs">
        <Text fw={600}>
          {pbxId}: <Chosen choice={choice} zone={zone} />
        </Text>
        {zone !== undefined && (
          <Text size="sm" c="dimmed">
            ({zone})
          </Text>
        )}
        <StateBadge state={state} isStopping={isStopping} />
      </Group>
      <BackfillProgress {...{ backfill, zone, isStopping }} />
      <Commands {...{ backfill, command, isStopping }} />
      <Calls account={account} backfill={backfill} />
      {workflowUrl !== null && (
        <Anchor href={workflowUrl} target="_blank" rel="noreferrer" size="sm">
          {words.workflow}
        </Anchor>
      )}
    </Stack>
  );
}

/** Once what was in the way is mended. */
const mayComeAgain: ReadonlySet<BackfillOutcome> = new Set(['needsAttention', 'notTold']);

/** Which of them are looked at stands in the address. */
function Calls({ account, backfill }: ResultParts) {
  const words = useWords(texts);
  const [search, setSearch] = useSearchParams();
  const shown = (Object.keys(words.outcomes) as BackfillOutcome[]).find((one) => one === search.get('show'));
  const calls = useCallsOf(account.id, backfill, shown);
  const { counts, state, choice, notFound } = backfill;
  const unfound = notFound.length > 0 && <Text>{words.notFound(notFound)}</Text>;
  const none = isOpen(state) || 'linkedids' in choice ? words.noCallsYet : words.noCalls;
  if (counts.calls === 0) return unfound || <Text>{none}</Text>;
  const filter = (outcome: BackfillOutcome | undefined, label: string) => (
    <Button
      key={label}
      size="xs"
      variant={outcome === shown ? 'light' : 'default'}
      aria-pressed={outcome === shown}
      onClick={() => setSearch(outcome === undefined ? {} : { show: outcome }, { replace: true })}
    >
      {label}
    </Button>
  );
  return (
    <Stack gap="sm" component="section" aria-label={words.result}>
      <Title order={3} size="h4">
        {words.result}
      </Title>
      <Group gap="xs">
        {filter(undefined, `${words.all}: ${counts.calls}`)}
        {outcomesOf(backfill).map((outcome) => filter(outcome, `${words.outcomes[outcome]}: ${counts[outcome]}`))}
      </Group>
      {unfound}
      <Asked query={calls}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.calls);
          if (rows.length === 0) return <Text>{words.noneOfThese}</Text>;
          return (
            <>
              <CallList account={account} pbxId={backfill.pbxId} calls={rows} />
              {shown && mayComeAgain.has(shown) && !isOpen(state) && !calls.hasNextPage && (
                <Group>
                  <BringThese
                    {...{ account, pbxId: backfill.pbxId, label: words.again }}
                    linkedids={rows.map(({ linkedid }) => linkedid)}
                  />
                </Group>
              )}
            </>
          );
        }}
      </Asked>
      {calls.hasNextPage && (
        <Group>
          <Button variant="default" loading={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
            {words.more}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
