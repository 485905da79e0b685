import { Anchor, Button, Stack, Text, Timeline } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { bodyOf } from '../../../kit/api.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { Failure } from '../../../kit/failure.tsx';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { Loading } from '../../../kit/loading.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { api, type HistoryRow } from '../../app/api.ts';
import { usePlanName } from '../../ui/plans.ts';
import { tellEvent } from './event-words.ts';
import { texts } from './words.ts';

const pageSize = 50;

const historyQuery = (of: { customerId?: number }) => ({
  queryKey: ['history', of],
  queryFn: ({ pageParam }: { pageParam: number | undefined }) =>
    bodyOf(api.GET('/api/history', { params: { query: { ...of, ...(pageParam && { before: pageParam }) } } })),
  initialPageParam: undefined as number | undefined,
  getNextPageParam: (last: HistoryRow[]) => (last.length < pageSize ? undefined : last.at(-1)?.id),
});

/** What was done, by whom, the latest first. @param of of one customer, or of all */
export function HistoryList({ of }: { of: { customerId?: number } }) {
  const words = useWords(texts);
  const history = useInfiniteQuery(historyQuery(of));
  if (history.isError) return <Failure error={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <Loading />;
  const rows = history.data.pages.flat();
  if (rows.length === 0) return <EmptyState title={words.none} text={words.noneText} />;
  return (
    <Stack align="flex-start">
      <Timeline bulletSize={12} lineWidth={2} active={rows.length}>
        {rows.map((row) => (
          <Entry key={row.id} row={row} hasCustomer={of.customerId === undefined} />
        ))}
      </Timeline>
      {history.hasNextPage && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {words.older}
        </Button>
      )}
    </Stack>
  );
}

function Entry({ row, hasCustomer }: { row: HistoryRow; hasCustomer: boolean }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const planName = usePlanName();
  const { atMs, actor, customer, customerId } = row;
  return (
    <Timeline.Item mt="sm">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {tellEvent(row, language, planName)}
        {hasCustomer && customerId !== null && (
          <>
            {' '}
            ·{' '}
            <Anchor component={Link} href={`/customers/${customerId}`} inherit>
              {customer}
            </Anchor>
          </>
        )}
      </Text>
      <Text size="xs" c="dimmed">
        <Moment atMs={atMs} /> · {words.actor(actor)}
      </Text>
    </Timeline.Item>
  );
}
