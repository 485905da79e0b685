import { Alert, Anchor, Badge, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { type Account, addressOf } from '../../app/account.ts';
import { useWords, type Words } from '../../app/language.tsx';
import { Page } from '../../ui/page.tsx';

/** What is connected, what isn't, and what to do next. */
export default function StartPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const isConnected = account.state === 'connected';
  return (
    <Page title={words.title}>
      <Card withBorder>
        <Stack gap="xs">
          <Group>
            <Title order={3} size="h4">
              amoCRM
            </Title>
            <Badge variant="dot" color={isConnected ? 'teal' : 'orange'}>
              {words.states[account.state]}
            </Badge>
          </Group>
          <Text>{account.baseUrl}</Text>
          {!isConnected && (
            <Alert color="orange">
              <Anchor component={Link} href={addressOf(account.id, 'amocrm')}>
                {words.connect}
              </Anchor>
            </Alert>
          )}
        </Stack>
      </Card>
      <Card withBorder>
        <Title order={3} size="h4">
          {words.pbxs}
        </Title>
        {account.pbxs.length === 0 && <Text c="dimmed">{words.noPbx}</Text>}
        <List>
          {account.pbxs.map(({ id, timezone }) => (
            <List.Item key={id}>
              {id}{' '}
              <Text span c="dimmed">
                {timezone}
              </Text>
            </List.Item>
          ))}
        </List>
      </Card>
    </Page>
  );
}

interface Texts extends Record<'title' | 'pbxs' | 'noPbx' | 'connect', string> {
  states: Record<Account['state'], string>;
}

const texts: Words<Texts> = {
  ru: {
    ...{ title: 'Начало', pbxs: 'АТС', noPbx: 'Ни одной: добавьте её на странице «АТС».' },
    connect: 'Звонки ждут: подключите аккаунт на странице «amoCRM»',
    states: {
      ...{ pending: 'ещё не подключена', connected: 'подключена', 'reconnect-needed': 'подключите заново' },
      disconnected: 'отключена',
    },
  },
  en: {
    ...{ title: 'Start', pbxs: 'PBXs', noPbx: 'None yet: add one on the page “PBXs”.' },
    connect: 'Calls wait: connect the account on the page “amoCRM”',
    states: {
      ...{ pending: 'not connected yet', connected: 'connected', 'reconnect-needed': 'to be connected again' },
      disconnected: 'disconnected',
    },
  },
};
