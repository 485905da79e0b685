import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { api } from '../../app/api.ts';
import { useDeed } from '../../ui/deed.ts';
import { texts } from './words.ts';

/** A trial of a customer, so that it is known whose it is; it begins by itself once Ringflow asks. */
export function ReserveDialog({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const words = useWords(texts);
  const form = useForm({
    initialValues: { account: '' },
    validate: { account: (account) => (/^\S+\.\S+$/.test(account.trim()) ? null : words.accountFault) },
  });
  const reserve = useDeed((account: string) => bodyOf(api.POST('/api/trials', { body: { account, customerId } })), {
    said: words.reserved,
    onDone: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={words.reserve}>
      <form onSubmit={form.onSubmit(({ account }) => reserve.mutate(account.trim()))} noValidate>
        <Stack>
          <Text size="sm">{words.reserveAbout}</Text>
          <TextInput
            label={words.account}
            placeholder="firm.amocrm.ru"
            required
            maxLength={100}
            data-autofocus
            {...form.getInputProps('account')}
          />
          {reserve.isError && <Failure error={reserve.error} />}
          <Button type="submit" loading={reserve.isPending}>
            {words.reserve}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
