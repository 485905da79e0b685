import { Button, Modal, PasswordInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { AlertDestination } from '../../../../proto/alerts/settings.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { catalogueQuery } from '../employees/catalogue.ts';
import { keepSecret } from './alerts.ts';
import {
  type DestinationValues,
  destinationOf,
  keptSecret,
  missingField,
  newId,
  secretKindOf,
  valuesOf,
} from './destination-values.ts';
import { texts } from './words.ts';

interface DestinationDialogParts {
  accountId: string;
  /** undefined: a new one. */
  destination: AlertDestination | undefined;
  onDone: (destination: AlertDestination) => void;
  onClose: () => void;
}

/** Where alerts go. Its secret is kept when the dialog is done, the rest with all other settings. */
export function DestinationDialog({ accountId, destination, onDone, onClose }: DestinationDialogParts) {
  const words = useWords(texts);
  const form = useForm({
    initialValues: valuesOf(destination),
    validate: (values) => {
      const field = missingField(values, values.secret !== '' || kept(values) !== undefined);
      return field ? { [field]: words.faults[field] } : {};
    },
  });
  const kept = ({ kind }: DestinationValues) => (kind === destination?.kind ? keptSecret(destination) : undefined);
  const done = useMutation({
    async mutationFn(values: DestinationValues) {
      const kind = secretKindOf(values.kind);
      const secretRef =
        kind && values.secret !== '' ? await keepSecret(accountId, kind, values.secret.trim()) : kept(values);
      return destinationOf(destination?.id ?? newId(), values, secretRef);
    },
    onSuccess: onDone,
  });
  const { kind } = form.values;
  return (
    <Modal opened onClose={onClose} title={destination ? destination.name : words.add}>
      <form onSubmit={form.onSubmit((values) => done.mutate(values))} noValidate>
        <Stack>
          <Select
            label={words.kind}
            data={(['email', 'telegram', 'webhook', 'amocrm-task'] as const).map((value) => ({
              value,
              label: words.kinds[value],
            }))}
            allowDeselect={false}
            {...form.getInputProps('kind')}
          />
          <TextInput label={words.name} description={words.nameHint} {...form.getInputProps('name')} />
          {kind === 'email' && (
            <>
              <TagsInput label={words.to} description={words.toHint} {...form.getInputProps('to')} />
              <TextInput label={words.from} {...form.getInputProps('from')} />
            </>
          )}
          {kind === 'telegram' && (
            <TextInput label={words.chatId} description={words.chatIdHint} {...form.getInputProps('chatId')} />
          )}
          {kind === 'webhook' && (
            <TextInput label={words.url} description={words.urlHint} {...form.getInputProps('url')} />
          )}
          {kind === 'amocrm-task' ? (
            <UserChoice accountId={accountId} {...form.getInputProps('userId')} />
          ) : (
            <PasswordInput
              label={words.secrets[kind]}
              description={kept(form.values) === undefined ? words.secretHints[kind] : words.secretKept}
              autoComplete="off"
              visibilityToggleButtonProps={{ 'aria-label': words.showSecret }}
              {...form.getInputProps('secret')}
            />
          )}
          {done.isError && <Failure error={done.error} />}
          <Button type="submit" loading={done.isPending} style={{ alignSelf: 'flex-start' }}>
            {words.ready}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

interface UserChoiceParts {
  accountId: string;
  value?: string | null;
  onChange?: (userId: string | null) => void;
  error?: unknown;
}

function UserChoice({ accountId, value, onChange, error }: UserChoiceParts) {
  const words = useWords(texts);
  const { data } = useQuery(catalogueQuery(accountId));
  const users = (data?.users ?? []).filter(({ isActive }) => isActive);
  return (
    <Select
      label={words.userId}
      description={words.userIdHint}
      data={users.map(({ id, name }) => ({ value: String(id), label: name }))}
      nothingFoundMessage={words.noUsers}
      searchable
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen)}
      error={error as string}
    />
  );
}
