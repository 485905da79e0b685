import { Badge, Button, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { bodyOf } from '../api.ts';
import { Failure } from '../failure.tsx';
import { useWords, type Words } from '../language.tsx';
import { Moment } from '../moment.tsx';
import { Page } from '../page.tsx';
import { Asked } from '../query.tsx';
import { doors } from './doors.ts';

const sessionsQuery = { queryKey: ['sessions'], queryFn: () => bodyOf(doors.GET('/api/sessions')) };

/** Where this person is signed in; each can be ended. */
export default function SessionsPage() {
  const words = useWords(texts);
  const queries = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: number) => bodyOf(doors.DELETE('/api/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <Page title={words.title} about={words.about}>
      {end.isError && <Failure error={end.error} />}
      <Asked query={sessions}>
        {(list) => (
          <Table.ScrollContainer minWidth={500}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.browser}</Table.Th>
                  <Table.Th>{words.address}</Table.Th>
                  <Table.Th>{words.seen}</Table.Th>
                  <Table.Th>
                    <VisuallyHidden>{words.end}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map(({ id, browser, address, seenAtMs, isThisOne }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Text size="sm" lineClamp={2}>
                        {browser}
                      </Text>
                    </Table.Td>
                    <Table.Td>{address}</Table.Td>
                    <Table.Td>
                      <Moment atMs={seenAtMs} />
                    </Table.Td>
                    <Table.Td>
                      {isThisOne ? (
                        <Badge>{words.here}</Badge>
                      ) : (
                        <Button size="xs" variant="light" onClick={() => end.mutate(id)}>
                          {words.end}
                        </Button>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Asked>
    </Page>
  );
}

const texts: Words<Record<'title' | 'about' | 'browser' | 'address' | 'seen' | 'end' | 'here', string>> = {
  ru: {
    ...{ title: 'Мои входы', about: 'Где вы вошли. Незнакомый вход завершите и смените пароль.' },
    ...{ browser: 'Браузер', address: 'Адрес', seen: 'Последний раз', end: 'Завершить', here: 'этот' },
  },
  en: {
    ...{
      title: 'My sessions',
      about: 'Where you are signed in. End one that you do not know, and change your password.',
    },
    ...{ browser: 'Browser', address: 'Address', seen: 'Last seen', end: 'End', here: 'this one' },
  },
};
