import { Accordion, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { Failure } from '../../../../kit/failure.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { useUser } from '../../../../kit/session/user.ts';
import type { Account } from '../../../app/account.ts';
import type { PresentSettings } from '../../settings/settings.ts';
import { countriesOf } from '../countries.ts';
import { ListPanel } from './list-panel.tsx';
import { useAddList } from './lists.ts';
import { texts } from './words.ts';

/** Clients' numbers that rules treat alike. */
export function ListsTab({ account, present }: { account: Account; present: PresentSettings }) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const [open, setOpen] = useState<string | null>(null);
  const { numberLists, rules } = present.settings;
  const usersOf = (list: string) =>
    rules.filter(({ when }) => [...(when.inLists ?? []), ...(when.notInLists ?? [])].includes(list));
  return (
    <Stack>
      <Text c="dimmed">{words.about}</Text>
      {numberLists.length === 0 && <EmptyState title={words.none} text={words.noneText} />}
      <Accordion variant="contained" value={open} onChange={setOpen}>
        {numberLists.map(({ id, name, count }) => (
          <Accordion.Item key={id} value={id}>
            <Accordion.Control>
              <Text fw={600}>{name}</Text>
              <Text size="sm" c="dimmed">
                {words.count(count)}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              {open === id && (
                <ListPanel
                  accountId={account.id}
                  listId={id}
                  countries={countriesOf(account, present)}
                  usedBy={usersOf(id).map((rule) => rule.name)}
                  isAdmin={isAdmin}
                />
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {isAdmin && <NewList accountId={account.id} onMade={setOpen} />}
    </Stack>
  );
}

function NewList({ accountId, onMade }: { accountId: string; onMade: (list: string) => void }) {
  const words = useWords(texts);
  const [name, setName] = useState('');
  const add = useAddList(accountId, ({ id }) => {
    setName('');
    onMade(id);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(name.trim());
      }}
    >
      <Stack gap="xs">
        <Group align="flex-end" gap="xs">
          <TextInput
            label={words.newName}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="light" loading={add.isPending} disabled={name.trim() === ''}>
            {words.make}
          </Button>
        </Group>
        {add.isError && <Failure error={add.error} />}
      </Stack>
    </form>
  );
}
