import { Button, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { addressOf } from '../../app/account.ts';
import { useAddAccount } from './connection.ts';
import { Addresses } from './integration-card.tsx';
import { texts } from './words.ts';

/** One more amoCRM account, with an integration of its own. */
export function AccountDialog({ redirectUri, onClose }: { redirectUri: string; onClose: () => void }) {
  const words = useWords(texts);
  const [, go] = useLocation();
  const form = useForm({ mode: 'uncontrolled', initialValues: { address: '', clientId: '', clientSecret: '' } });
  const add = useAddAccount((id) => {
    notifications.show({ message: words.added, color: 'teal' });
    onClose();
    go(addressOf(id, 'amocrm'));
  });
  return (
    <Modal opened onClose={onClose} title={words.add} size="lg">
      <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Stack>
          <TextInput
            label={words.address}
            description={words.addressAbout}
            required
            autoComplete="off"
            {...form.getInputProps('address')}
          />
          <Addresses redirectUri={redirectUri} />
          <TextInput label={words.clientId} required autoComplete="off" {...form.getInputProps('clientId')} />
          <PasswordInput
            label={words.clientSecret}
            description={words.clientSecretAbout}
            required
            autoComplete="off"
            {...form.getInputProps('clientSecret')}
          />
          {add.isError && <Failure error={add.error} />}
          <Button type="submit" loading={add.isPending} style={{ alignSelf: 'flex-start' }}>
            {words.add}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
