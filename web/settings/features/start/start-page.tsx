import { Anchor, Card, Group, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { type Account, addressOf } from '../../app/account.ts';
import { FindingList } from './finding-list.tsx';
import { overallWords, signs } from './overall-badge.tsx';
import { type AccountState, stateQuery } from './state.ts';
import { StepList } from './step-list.tsx';
import { texts } from './words.ts';

const everyMs = 5_000;

/** How everything stands: what is not right, what to do next, and what calls there are. */
export default function StartPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const state = useQuery(stateQuery(account.id, everyMs));
  return (
    <Page title={words.title} about={account.baseUrl}>
      <Asked query={state}>{(present) => <Standing account={account} state={present} />}</Asked>
    </Page>
  );
}

function Standing({ account, state }: { account: Account; state: AccountState }) {
  const words = useWords(texts);
  const { overall, findings, firstSteps, calls } = state;
  const isNew = firstSteps.some(({ isDone }) => !isDone);
  return (
    <>
      <OverallCard overall={overall} count={findings.length} />
      {isNew && <StepList account={account} steps={firstSteps} />}
      {findings.length > 0 && <FindingList account={account} findings={findings} />}
      {calls && (
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <Figure label={words.callsToday}>{calls.today}</Figure>
          <Figure label={words.registered}>{calls.registeredLastDay}</Figure>
          <Figure label={words.lastCall}>
            {calls.lastStartedAtMs === null ? words.noCall : <Moment atMs={calls.lastStartedAtMs} isShort />}
          </Figure>
        </SimpleGrid>
      )}
      <Text size="sm">
        <Anchor component={Link} href={addressOf(account.id, 'journal')}>
          {words.toJournal}
        </Anchor>
      </Text>
    </>
  );
}

function OverallCard({ overall, count }: { overall: AccountState['overall']; count: number }) {
  const words = useWords(texts);
  const names = useWords(overallWords);
  const { sign, color } = signs[overall];
  return (
    <Card withBorder role="status">
      <Group wrap="nowrap">
        <ThemeIcon size={44} radius="xl" color={color} aria-hidden>
          <Text span size="xl">
            {sign}
          </Text>
        </ThemeIcon>
        <div>
          <Title order={3}>{names[overall]}</Title>
          <Text c="dimmed">{words.overallAbout(count)}</Text>
        </div>
      </Group>
    </Card>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Card withBorder>
      <Stack gap={0}>
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        <Text size="xl" fw={600}>
          {children}
        </Text>
      </Stack>
    </Card>
  );
}
