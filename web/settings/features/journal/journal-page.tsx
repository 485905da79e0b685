import { Box, Button, Group, LoadingOverlay, Text } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { mostChosenCalls } from '../../../../proto/backfill.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { BringThese } from '../backfill/bring-these.tsx';
import { usePeople } from '../employees/people.ts';
import { HeldBackCard } from '../licence/held-back-card.tsx';
import { CallList } from './call-list.tsx';
import { type CallRow, useCalls } from './calls.ts';
import { type CallFilter, noFilter, queryOf, readFilter, writeFilter } from './filter.ts';
import { FilterFields } from './filter-fields.tsx';
import { texts } from './words.ts';

/** The calls of an account, newest first; what they are searched by stands in the address. */
export default function JournalPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const change = (changes: Partial<CallFilter>) =>
    setSearch((present) => writeFilter({ ...readFilter(present), ...changes }), { replace: true });
  const calls = useCalls(account.id, queryOf(filter));
  const { data: people } = usePeople(account.id);
  const isAdmin = useUser().role === 'admin';
  const isFiltered = writeFilter(filter) !== '';
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <Button variant="default" loading={calls.isRefetching} onClick={() => void calls.refetch()}>
          {words.refresh}
        </Button>
      }
    >
      <FilterFields filter={filter} onChange={change} onReset={() => change(noFilter)} />
      {isAdmin && filter.registration === 'unlicensed' && <HeldBackCard account={account.id} />}
      <Asked query={calls}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.calls);
          if (rows.length === 0) return isFiltered ? <NothingFound onReset={() => change(noFilter)} /> : <NoCalls />;
          return (
            <Box pos="relative">
              <LoadingOverlay visible={calls.isPlaceholderData} zIndex={1} overlayProps={{ backgroundOpacity: 0.5 }} />
              <CallList account={account.id} calls={rows} search={writeFilter(filter)} people={people} />
              <Group mt="md">
                {isAdmin && isFiltered && <BringShown account={account} calls={rows} label={words.bringThese} />}
                {calls.hasNextPage ? (
                  <Button
                    variant="default"
                    loading={calls.isFetchingNextPage}
                    onClick={() => void calls.fetchNextPage()}
                  >
                    {words.older}
                  </Button>
                ) : (
                  <Text size="sm" c="dimmed">
                    {words.allShown(rows.length)}
                  </Text>
                )}
              </Group>
            </Box>
          );
        }}
      </Asked>
    </Page>
  );
}

/** Those that are not in amoCRM; a backfill is of one PBX. */
function BringShown({ account, calls, label }: { account: Account; calls: CallRow[]; label: string }) {
  const missing = calls.filter(({ registration }) => registration !== 'registered' && registration !== 'pending');
  const [pbxId, ...others] = new Set(missing.map((call) => call.pbxId));
  if (pbxId === undefined || others.length > 0 || missing.length > mostChosenCalls) return null;
  return <BringThese {...{ account, pbxId, label }} linkedids={missing.map(({ linkedid }) => linkedid)} />;
}

function NoCalls() {
  const words = useWords(texts);
  return <EmptyState title={words.none} text={words.noneText} />;
}

function NothingFound({ onReset }: { onReset: () => void }) {
  const words = useWords(texts);
  return (
    <EmptyState title={words.nothingFound} text={words.nothingFoundText}>
      <Button variant="light" onClick={onReset}>
        {words.reset}
      </Button>
    </EmptyState>
  );
}
