import { Badge, Button, Card, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import type { AmocrmUser, Pipeline } from '../../../../proto/catalogue.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useCatalogue } from '../employees/catalogue.ts';
import { texts } from './words.ts';

interface CatalogueViewParts {
  accountId: string;
  isAdmin: boolean;
  isConnected: boolean;
}

/** What the account has that settings name: pipelines with their stages, and users. */
export function CatalogueView({ accountId, isAdmin, isConnected }: CatalogueViewParts) {
  const words = useWords(texts);
  const mayAsk = isAdmin && isConnected;
  const { catalogue, renew } = useCatalogue(accountId, mayAsk);
  return (
    <Asked query={catalogue}>
      {({ users, pipelines, usersReadAtMs }) => (
        <Stack>
          <Group gap="xs">
            {usersReadAtMs !== null && (
              <Text size="sm">
                {words.readAt} <Moment atMs={usersReadAtMs} />
              </Text>
            )}
            {mayAsk && (
              <Button size="xs" variant="light" loading={renew.isPending} onClick={() => renew.mutate()}>
                {words.readAgain}
              </Button>
            )}
          </Group>
          {renew.isError && <Failure error={renew.error} onRetry={() => renew.mutate()} />}
          {users.length === 0 && <EmptyState title={words.neverRead} text={words.neverReadText} />}
          {pipelines && pipelines.length > 0 && <Pipelines pipelines={pipelines} />}
          {users.length > 0 && <Users users={users} />}
        </Stack>
      )}
    </Asked>
  );
}

function Pipelines({ pipelines }: { pipelines: Pipeline[] }) {
  const words = useWords(texts);
  return (
    <Card withBorder component="section" aria-label={words.pipelines}>
      <Title order={3} size="h4" mb="xs">
        {words.pipelines}
      </Title>
      <List spacing="xs" listStyleType="none">
        {pipelines.map(({ id, name, isMain, stages }) => (
          <List.Item key={id}>
            <Text fw={600}>
              {name} {isMain && <Badge color="gray.7">{words.mainPipeline}</Badge>}
            </Text>
            <Text size="sm">{stages.map((stage) => stage.name).join(' → ')}</Text>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

function Users({ users }: { users: AmocrmUser[] }) {
  const words = useWords(texts);
  return (
    <Card withBorder component="section" aria-label={words.users}>
      <Title order={3} size="h4" mb="xs">
        {words.users}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.user}</Table.Th>
            <Table.Th>{words.phone}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map(({ id, name, phone, isActive }) => (
            <Table.Tr key={id}>
              <Table.Td>
                {name}{' '}
                {!isActive && (
                  <Badge variant="dot" color="orange">
                    {words.inactive}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{phone ?? '—'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
