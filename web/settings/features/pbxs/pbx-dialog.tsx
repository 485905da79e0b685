import { Autocomplete, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import { type Pbx, useRemovePbx, useSavePbx } from './pbxs.ts';
import { texts } from './words.ts';

interface PbxDialogParts {
  accountId: string;
  /** undefined: a new one. */
  pbx: Pbx | undefined;
  onClose: () => void;
}

/** Where a PBX writes its calls. */
export function PbxDialog({ accountId, pbx, onClose }: PbxDialogParts) {
  const words = useWords(texts);
  const save = useSavePbx(accountId, pbx === undefined, () => {
    notifications.show({ message: words.saved });
    onClose();
  });
  const remove = useRemovePbx(accountId, onClose);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      id: pbx?.id ?? '',
      databaseUrl: '',
      celTable: pbx?.celTable ?? 'cel',
      cdrTable: pbx?.cdrTable ?? 'cdr',
      timezone: pbx?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  });
  return (
    <Modal opened onClose={onClose} title={pbx?.id ?? words.add}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          {!pbx && <TextInput label={words.id} description={words.idHint} required {...form.getInputProps('id')} />}
          <TextInput
            label={words.databaseUrl}
            description={pbx ? words.databaseUrlKept : words.databaseUrlHint}
            required={!pbx}
            autoComplete="off"
            {...form.getInputProps('databaseUrl')}
          />
          <Group grow>
            <TextInput label={words.celTable} required {...form.getInputProps('celTable')} />
            <TextInput label={words.cdrTable} required {...form.getInputProps('cdrTable')} />
          </Group>
          <Autocomplete
            label={words.timezone}
            description={words.timezoneHint}
            required
            data={Intl.supportedValuesOf('timeZone')}
            limit={8}
            {...form.getInputProps('timezone')}
          />
          {save.isError && <Failure error={save.error} />}
          {remove.isError && <Failure error={remove.error} />}
          <Group justify="space-between">
            <Button type="submit" loading={save.isPending}>
              {words.save}
            </Button>
            {pbx && (
              <SureButton
                label={words.remove}
                sure={words.removeSure}
                isBusy={remove.isPending}
                onSure={() => remove.mutate(pbx.id)}
              />
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
