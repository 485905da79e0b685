import { Alert, Badge, Stack, Title, VisuallyHidden } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { FindingCode } from '../../../../proto/state/finding.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { usePeople } from '../employees/people.ts';
import { FindingList } from '../start/finding-list.tsx';
import { stateQuery } from '../start/state.ts';
import { boardOf } from './board.ts';
import { CallCards, OverCalls } from './call-cards.tsx';
import { useFollowing } from './follow.ts';
import type { Following } from './following.ts';
import { PeopleBoard } from './people-board.tsx';
import { texts } from './words.ts';

/** The calls that go on now, and who is busy with them. */
export default function LivePage({ account }: { account: Account }) {
  const words = useWords(texts);
  const following = useFollowing(account.id);
  const { connection, calls, over, aheadMs } = following;
  const people = usePeople(account.id).data;
  const isHead = useUser().role === 'head';
  const nowMs = useNow() + aheadMs;
  return (
    <Page title={words.title} about={words.about} actions={<Connection connection={connection} />}>
      <Spoken following={following} />
      {connection === 'lost' && (
        <Alert color="orange" title={words.connection.lost}>
          {words.lostText}
        </Alert>
      )}
      <Doubts account={account} />
      {connection !== 'connecting' && calls.length === 0 && <EmptyState title={words.none} text={words.noneText} />}
      {calls.length > 0 && <CallCards calls={calls} people={people} nowMs={nowMs} />}
      {over.length > 0 && (
        <Part title={words.over}>
          <OverCalls account={account.id} over={over} />
        </Part>
      )}
      <Part title={words.board}>
        <PeopleBoard places={boardOf(people ?? [], calls, !isHead)} nowMs={nowMs} />
      </Part>
    </Page>
  );
}

const lookEveryMs = 10_000;
/** While these last calls may have begun and ended that are not seen here. */
const blinding: FindingCode[] = [
  ...(['redis-away', 'temporal-away', 'no-worker'] as const),
  ...(['pbx-not-read', 'pbx-database-away', 'pbx-reading-stopped'] as const),
];

/** A page that is connected to us tells nothing of whether we hear of calls. */
function Doubts({ account }: { account: Account }) {
  const words = useWords(texts);
  const { data } = useQuery(stateQuery(account.id, lookEveryMs));
  const findings = data?.findings.filter(({ code }) => blinding.includes(code)) ?? [];
  if (findings.length === 0) return null;
  return (
    <Alert color="orange" title={words.blind}>
      <FindingList account={account} findings={findings} />
    </Alert>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs" component="section">
      <Title order={3} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function Connection({ connection }: Pick<Following, 'connection'>) {
  const words = useWords(texts);
  return (
    <Badge variant="dot" color={connection === 'live' ? 'teal' : 'orange'}>
      {words.connection[connection]}
    </Badge>
  );
}

const spokenEveryMs = 10_000;

/** Said at rest, not with every ring: whoever listens to a page must be able to think. */
function Spoken({ following: { connection, calls } }: { following: Following }) {
  const words = useWords(texts);
  const waiting = calls.filter(({ parts }) => !parts.some(({ doing }) => doing === 'talks' || doing === 'holds'));
  const text = connection === 'live' ? words.summary(calls.length, waiting.length) : words.connection[connection];
  const [said, say] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => say(text), spokenEveryMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {said}
    </VisuallyHidden>
  );
}

function useNow(): number {
  const [nowMs, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), 1_000, { autoInvoke: true });
  return nowMs;
}
