import { Button, Card, Group, List, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Forgotten, FoundOfPerson } from '../../../../proto/forgetting.ts';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { api } from '../../app/api.ts';
import { texts } from './forget-words.ts';

const lookAgainMs = 1_500;

/** Deletes what there is of one person: looks first, and asks for the last digits before anything goes. */
export function ForgetCard({ accountId }: { accountId: string }) {
  const words = useWords(texts);
  const [phone, setPhone] = useState('');
  const params = { path: { account: accountId } };
  const search = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/accounts/{account}/personal-data/search', { params, body: { phone } })),
  });
  const deletion = useMutation({
    mutationFn: (lastDigits: string) =>
      bodyOf(api.POST('/api/accounts/{account}/personal-data/deletions', { params, body: { phone, lastDigits } })),
  });
  const change = (written: string) => {
    setPhone(written);
    search.reset();
    deletion.reset();
  };
  return (
    <Card withBorder component="section" aria-label={words.title}>
      <Stack>
        <Title order={2} size="h4">
          {words.title}
        </Title>
        <Text size="sm">{words.about}</Text>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            search.mutate();
          }}
        >
          <Group align="end">
            <TextInput
              label={words.phone}
              type="tel"
              placeholder="+7 916 123-45-67"
              value={phone}
              onChange={(event) => change(event.currentTarget.value)}
            />
            <Button type="submit" variant="light" disabled={phone.trim() === ''} loading={search.isPending}>
              {words.search}
            </Button>
          </Group>
        </form>
        {[search, deletion].map(({ error }, index) => error && <Failure key={String(index)} error={error} />)}
        {search.data && !deletion.data && (
          <Found found={search.data} isBusy={deletion.isPending} onDelete={deletion.mutate} />
        )}
        {deletion.data && <Deletion accountId={accountId} id={deletion.data.id} />}
      </Stack>
    </Card>
  );
}

interface FoundProps {
  found: FoundOfPerson;
  isBusy: boolean;
  onDelete(lastDigits: string): void;
}

function Found({ found, isBusy, onDelete }: FoundProps) {
  const words = useWords(texts);
  const [digits, setDigits] = useState('');
  return (
    <Stack role="status">
      <Text>{words.found(found)}</Text>
      {found.numberLists.length > 0 && <Text size="sm">{words.inLists(found.numberLists.join(', '))}</Text>}
      {found.recordings.length > 0 && (
        <>
          <Text size="sm">{words.files}</Text>
          <List size="sm">
            {found.recordings.map(({ pbxId, file }) => (
              <List.Item key={`${pbxId}:${file}`} style={{ overflowWrap: 'anywhere' }}>
                {pbxId}: {file}
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Text size="sm">{words.notReached}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDelete(digits);
        }}
      >
        <Group align="end">
          <TextInput
            label={words.lastDigits}
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            value={digits}
            onChange={(event) => setDigits(event.currentTarget.value)}
          />
          <Button type="submit" color="red" disabled={digits.length < 4} loading={isBusy}>
            {words.remove}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}

function Deletion({ accountId, id }: { accountId: string; id: number }) {
  const words = useWords(texts);
  const { data, error } = useQuery({
    queryKey: ['deletion', accountId, id],
    queryFn: () =>
      bodyOf(
        api.GET('/api/accounts/{account}/personal-data/deletions/{deletion}', {
          params: { path: { account: accountId, deletion: String(id) } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.result ? false : lookAgainMs),
  });
  const result: Forgotten | null = data?.result ?? null;
  if (error) return <Failure error={error} />;
  if (!result) return <Text role="status">{words.underWay}</Text>;
  return (
    <Stack role="status" gap="xs">
      <Text fw={600}>{words.done}</Text>
      <Text size="sm">{words.gone(result)}</Text>
      {result.unsettled.length > 0 && <Text size="sm">{words.unsettled(result.unsettled.join(', '))}</Text>}
      {result.running.length > 0 && <Text size="sm">{words.goesOn(result.running.join(', '))}</Text>}
    </Stack>
  );
}
