import { Badge, Button, Table, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bodyOf } from '../../../kit/api.ts';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api, type User } from '../../app/api.ts';
import { partnersQuery } from '../customers/customers.ts';
import { UserDialog } from './user-dialog.tsx';
import { texts } from './words.ts';

const usersQuery = { queryKey: ['users'], queryFn: () => bodyOf(api.GET('/api/users')) };

/** The people who may use these pages. */
export default function UsersPage() {
  const words = useWords(texts);
  const users = useQuery(usersQuery);
  const [edited, setEdited] = useState<User | 'new'>();
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={<Button onClick={() => setEdited('new')}>{words.add}</Button>}
    >
      <Asked query={users}>{(list) => <UserTable users={list} onEdit={setEdited} />}</Asked>
      {edited && (
        <UserDialog
          key={edited === 'new' ? 'new' : edited.id}
          user={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Page>
  );
}

function UserTable({ users, onEdit }: { users: User[]; onEdit: (user: User) => void }) {
  const words = useWords(texts);
  const { data: partners } = useQuery(partnersQuery);
  return (
    <Table.ScrollContainer minWidth={340}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.login}</Table.Th>
            <Table.Th>{words.role}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{words.edit}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {user.login} {!user.hasPassword && <Badge color="gray">{words.invited}</Badge>}
                <Text size="xs" c="dimmed">
                  {user.name}
                </Text>
              </Table.Td>
              <Table.Td>
                {words.roles[user.role].label}
                {user.partnerId !== null && (
                  <Text size="xs" c="dimmed">
                    {partners?.find(({ id }) => id === user.partnerId)?.name}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  size="xs"
                  variant="light"
                  aria-label={`${words.edit}: ${user.login}`}
                  onClick={() => onEdit(user)}
                >
                  {words.edit}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
