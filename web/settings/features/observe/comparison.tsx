import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import type { ComparisonOutcome } from '../../../../proto/journal.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Account } from '../../app/account.ts';
import { type Period, totalsQuery, useObservedCalls } from './observed.ts';
import { ObservedList } from './observed-list.tsx';
import { texts } from './words.ts';

/** In the order in which they want to be looked at. */
const outcomes = ['differs', 'missing', 'unread', 'same', 'waiting'] as const;

/** What is looked at stands in the address. */
export function Comparison({ account }: { account: Account }) {
  const words = useWords(texts);
  const [search, setSearch] = useSearchParams();
  const period = { ...moment('fromMs', search.get('from')), ...moment('toMs', search.get('to')) };
  const totals = useQuery(totalsQuery(account.id, period));
  const set = (name: string, value: string) =>
    setSearch(
      (present) => {
        const { [name]: _, ...others } = Object.fromEntries(present);
        return value === '' ? others : { ...others, [name]: value };
      },
      { replace: true },
    );
  const edge = (name: 'from' | 'to') => (
    <TextInput
      type="datetime-local"
      label={words[name]}
      value={search.get(name) ?? ''}
      onChange={({ currentTarget }) => set(name, currentTarget.value)}
    />
  );
  return (
    <Stack>
      <div>
        <Title order={3} size="h4">
          {words.comparison}
        </Title>
        <Text size="sm">{words.comparisonAbout}</Text>
      </div>
      <Group align="flex-end" gap="xs">
        {edge('from')}
        {edge('to')}
        <Button variant="default" loading={totals.isRefetching} onClick={() => void totals.refetch()}>
          {words.refresh}
        </Button>
      </Group>
      <Asked query={totals}>
        {(counts) => {
          const first = outcomes.find((outcome) => counts[outcome] > 0);
          const chosen = outcomes.find((outcome) => outcome === search.get('show')) ?? first;
          if (!chosen || !first) return <EmptyState title={words.none} text={words.noneText} />;
          return (
            <>
              <SegmentedControl
                aria-label={words.comparison}
                data={outcomes.map((outcome) => ({
                  value: outcome,
                  label: `${words.outcomes[outcome]}: ${counts[outcome]}`,
                }))}
                value={chosen}
                onChange={(outcome) => set('show', outcome)}
                style={{ alignSelf: 'flex-start', flexWrap: 'wrap' }}
              />
              <Calls account={account} period={period} outcome={chosen} />
            </>
          );
        }}
      </Asked>
    </Stack>
  );
}

function Calls({ account, period, outcome }: { account: Account; period: Period; outcome: ComparisonOutcome }) {
  const words = useWords(texts);
  const calls = useObservedCalls(account.id, period, outcome);
  return (
    <Asked query={calls}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.calls);
        if (rows.length === 0) return <Text>{words.noneOfThese}</Text>;
        return (
          <>
            <ObservedList account={account} calls={rows} />
            {calls.hasNextPage && (
              <Group>
                <Button variant="default" loading={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
                  {words.older}
                </Button>
              </Group>
            )}
          </>
        );
      }}
    </Asked>
  );
}

function moment<N extends string>(name: N, text: string | null): { [K in N]?: number } {
  const atMs = new Date(text ?? '').getTime();
  return (atMs >= 0 ? { [name]: atMs } : {}) as { [K in N]?: number };
}
