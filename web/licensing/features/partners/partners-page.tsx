import { Button, Modal, Stack, Table, TextInput, VisuallyHidden } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bodyOf } from '../../../kit/api.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { Failure } from '../../../kit/failure.tsx';
import { useWords, type Words } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api, type Partner } from '../../app/api.ts';
import { useMay } from '../../app/may.ts';
import { useDeed } from '../../ui/deed.ts';
import { partnersQuery } from '../customers/customers.ts';

/** Who sells for us, and sees their own customers. */
export default function PartnersPage() {
  const words = useWords(texts);
  const mayChange = useMay()('change-partners');
  const partners = useQuery(partnersQuery);
  const [edited, setEdited] = useState<Partner | 'new'>();
  const add = mayChange && <Button onClick={() => setEdited('new')}>{words.add}</Button>;
  const isEmpty = partners.data?.length === 0;
  return (
    <Page title={words.title} about={words.about} actions={!isEmpty && add}>
      <Asked query={partners}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={words.none} text={words.noneText}>
              {add}
            </EmptyState>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.name}</Table.Th>
                  <Table.Th>{words.customers}</Table.Th>
                  {mayChange && (
                    <Table.Th>
                      <VisuallyHidden>{words.rename}</VisuallyHidden>
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((partner) => (
                  <Table.Tr key={partner.id}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{partner.name}</Table.Td>
                    <Table.Td>{partner.customers}</Table.Td>
                    {mayChange && (
                      <Table.Td ta="right">
                        <Button
                          size="xs"
                          variant="light"
                          aria-label={`${words.rename}: ${partner.name}`}
                          onClick={() => setEdited(partner)}
                        >
                          {words.rename}
                        </Button>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Asked>
      {edited && <PartnerDialog partner={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}

function PartnerDialog({ partner, onClose }: { partner: Partner | undefined; onClose: () => void }) {
  const words = useWords(texts);
  const form = useForm({
    initialValues: { name: partner?.name ?? '' },
    validate: { name: (name) => (name.trim() === '' ? words.nameFault : null) },
  });
  const save = useDeed(
    (name: string) =>
      partner
        ? bodyOf(api.PUT('/api/partners/{id}', { params: { path: { id: partner.id } }, body: { name } }))
        : bodyOf(api.POST('/api/partners', { body: { name } })),
    { onDone: onClose },
  );
  return (
    <Modal opened onClose={onClose} title={partner ? words.rename : words.add}>
      <form onSubmit={form.onSubmit(({ name }) => save.mutate(name.trim()))} noValidate>
        <Stack>
          <TextInput label={words.name} required maxLength={200} data-autofocus {...form.getInputProps('name')} />
          {save.isError && <Failure error={save.error} />}
          <Button type="submit" loading={save.isPending}>
            {words.save}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

type Label = 'title' | 'about' | 'add' | 'rename' | 'none' | 'noneText' | 'name' | 'nameFault' | 'customers' | 'save';

const texts: Words<Record<Label, string>> = {
  ru: {
    ...{ title: 'Партнёры', about: 'Кто продаёт и ведёт своих клиентов. Чужих партнёр не видит.' },
    ...{ add: 'Добавить партнёра', rename: 'Переименовать', none: 'Партнёров ещё нет' },
    noneText: 'Добавьте партнёра, затем его людей на странице «Пользователи».',
    ...{ name: 'Название', nameFault: 'Нужно название', customers: 'Клиентов', save: 'Сохранить' },
  },
  en: {
    ...{ title: 'Partners', about: 'Who sells and looks after customers of their own; others they do not see.' },
    ...{ add: 'Add a partner', rename: 'Rename', none: 'There are no partners yet' },
    noneText: 'Add one, then their people on the page “Users”.',
    ...{ name: 'Name', nameFault: 'A name is needed', customers: 'Customers', save: 'Save' },
  },
};
