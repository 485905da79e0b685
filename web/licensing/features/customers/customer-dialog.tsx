import { Button, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { api, type Customer } from '../../app/api.ts';
import { useMay } from '../../app/may.ts';
import { useDeed } from '../../ui/deed.ts';
import { type CustomerDescription, partnersQuery } from './customers.ts';
import { texts } from './words.ts';

interface CustomerDialogParts {
  /** undefined: somebody new. */
  customer?: Customer;
  onClose: () => void;
  onDone: (customer: Customer) => void;
}

/** Adds a customer, or describes one anew. */
export function CustomerDialog({ customer, onClose, onDone }: CustomerDialogParts) {
  const words = useWords(texts);
  const may = useMay();
  const { data: partners } = useQuery({ ...partnersQuery, enabled: may('see-partners') });
  const form = useForm({
    initialValues: {
      ...{ name: customer?.name ?? '', email: customer?.email ?? '', note: customer?.note ?? '' },
      partner: customer?.partnerId ? String(customer.partnerId) : '',
    },
    validate: {
      name: (name) => (name.trim() === '' ? words.nameFault : null),
      email: (email) => (/^$|^\S+@\S+$/.test(email.trim()) ? null : words.emailFault),
    },
  });
  const save = useDeed(
    (body: CustomerDescription) =>
      customer
        ? bodyOf(api.PUT('/api/customers/{id}', { params: { path: { id: customer.id } }, body }))
        : bodyOf(api.POST('/api/customers', { body })),
    { onDone },
  );
  const send = form.onSubmit(({ name, email, note, partner }) =>
    save.mutate({
      ...{ name: name.trim(), email: email.trim(), note },
      partnerId: partner === '' ? null : Number(partner),
    }),
  );
  return (
    <Modal opened onClose={onClose} title={customer ? words.changeCustomer : words.add}>
      <form onSubmit={send} noValidate>
        <Stack>
          <TextInput
            label={words.name}
            description={words.nameHint}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput label={words.email} type="email" maxLength={200} {...form.getInputProps('email')} />
          {may('see-partners') && partners && partners.length > 0 && (
            <Select
              label={words.partner}
              description={words.partnerHint}
              data={[
                { value: '', label: words.ourselves },
                ...partners.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
              allowDeselect={false}
              {...form.getInputProps('partner')}
            />
          )}
          <Textarea
            label={words.note}
            description={words.noteHint}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={2_000}
            {...form.getInputProps('note')}
          />
          {save.isError && <Failure error={save.error} />}
          <Button type="submit" loading={save.isPending}>
            {customer ? words.save : words.add}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
