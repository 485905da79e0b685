import { Anchor, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Asked } from '../../../kit/query.tsx';
import { type Account, addressOf } from '../../app/account.ts';
import { type CallingState, callingStateQuery } from './calling.ts';
import { texts } from './words.ts';

/** Whether a click can lead to a call, and where one mends what is missing. */
export function Standing({ account }: { account: Account }) {
  const words = useWords(texts);
  const state = useQuery(callingStateQuery(account.id));
  return (
    <Card withBorder component="section" aria-label={words.standing}>
      <Title order={3} size="h4" mb="sm">
        {words.standing}
      </Title>
      <Asked query={state}>{(told) => <Lines account={account} state={told} />}</Asked>
    </Card>
  );
}

function Lines({ account, state }: { account: Account; state: CallingState }) {
  const words = useWords(texts);
  const { pbxs, isIntegrationKnown, people } = state;
  const to = (page: string) => addressOf(account.id, page);
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {pbxs.length === 0 && (
        <Line isFine={false} href={to('pbxs')} link={words.toPbxs}>
          {words.noPbx}
        </Line>
      )}
      {pbxs.map(({ id, ami }) => (
        <Line
          key={id}
          isFine={ami.state === 'up'}
          href={to(`pbxs/${encodeURIComponent(id)}?tab=surroundings`)}
          link={words.toPbx(id)}
        >
          {words.ami[ami.state](id)} {ami.sinceMs !== null && <Since atMs={ami.sinceMs} />}
        </Line>
      ))}
      <Line isFine={isIntegrationKnown} href={to('amocrm')} link={isIntegrationKnown ? undefined : words.toAmocrm}>
        {isIntegrationKnown ? words.integrationKnown : words.integrationUnknown}
      </Line>
      <Line isFine={people.all > 0 && people.withoutPhone === 0} href={to('employees')} link={words.toEmployees}>
        {words.people(people)}
      </Line>
    </Stack>
  );
}

function Since({ atMs }: { atMs: number }) {
  const words = useWords(texts);
  return (
    <Text span size="sm" c="dimmed">
      {words.since} <Moment atMs={atMs} isShort />
    </Text>
  );
}

interface LineParts {
  isFine: boolean;
  href: string;
  /** Undefined: there is nothing to mend. */
  link: string | undefined;
  children: ReactNode;
}

function Line({ isFine, href, link, children }: LineParts) {
  const words = useWords(texts);
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon size={20} radius="xl" color={isFine ? 'teal.9' : 'orange.9'}>
        <span role="img" aria-label={isFine ? words.fine : words.missing}>
          {isFine ? '✓' : '!'}
        </span>
      </ThemeIcon>
      <Text size="sm" style={{ minWidth: 0 }}>
        {children}{' '}
        {link !== undefined && (
          <Anchor component={Link} href={href}>
            {link}
          </Anchor>
        )}
      </Text>
    </Group>
  );
}
