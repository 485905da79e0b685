import { Badge, Button, Table, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../../../proto/user.ts';
import { bodyOf } from '../../../kit/api.ts';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api } from '../../app/api.ts';
import { UserDialog } from './user-dialog.tsx';
import { texts } from './words.ts';

export const usersQuery = { queryKey: ['users'], queryFn: () => bodyOf(api.GET('/api/users')) };

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
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.login}</Table.Th>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th>{words.role}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{words.edit}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Td>
                {user.login} {!user.hasPassword && <Badge color="gray">{words.invited}</Badge>}
              </Table.Td>
              <Table.Td>{user.name}</Table.Td>
              <Table.Td>
                {words.roles[user.role].label}
                {user.role === 'head' && (
                  <Text size="xs" c="dimmed">
                    {user.extensions.join(', ')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
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
