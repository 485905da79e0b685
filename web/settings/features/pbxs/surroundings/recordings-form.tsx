import { Button, Group, Select, Text, TextInput, Title } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { usualPbxFolder } from '../../../../../proto/recordings/source.ts';
import { Failure } from '../../../../kit/failure.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { Changeable } from '../../settings/changeable.tsx';
import { useSetRecordings } from '../pbxs.ts';
import type { SurroundingsParts } from './ami-form.tsx';
import { isFaulty, type RecordingsValues, secretOf, sourceOf, valuesOf } from './recordings-values.ts';
import { recordingsTexts } from './recordings-words.ts';
import { SecretFields } from './secret-fields.tsx';
import { ServerFields } from './server-fields.tsx';

export type RecordingsFormState = UseFormReturnType<RecordingsValues>;

/** Where a PBX keeps its recordings. What was typed as a secret goes to the API and never comes back. */
export function RecordingsForm({ accountId, pbx: { id, recordings }, mayChange }: SurroundingsParts) {
  const words = useWords(recordingsTexts);
  const form = useForm<RecordingsValues>({
    initialValues: valuesOf(recordings),
    validate: {
      folder: (_, values) => (isFaulty(values, 'folder') ? words.folderFault : null),
      host: (_, values) => (isFaulty(values, 'host') ? words.hostFault : null),
      user: (_, values) => (isFaulty(values, 'user') ? words.userFault : null),
      hostKey: (_, values) => (isFaulty(values, 'hostKey') ? words.hostKeyFault : null),
      url: (_, values) => (isFaulty(values, 'url') ? words.urlFault : null),
      pbxFolder: (_, values) => (isFaulty(values, 'pbxFolder') ? words.folderFault : null),
    },
  });
  const save = useSetRecordings(accountId, id, () => {
    form.setValues({ password: '', privateKey: '' });
    notifications.show({ message: words.saved, color: 'teal' });
  });
  const { kind, user } = form.values;
  const needsSecret = kind === 'sftp' || (kind === 'http' && user !== '');
  const submit = form.onSubmit((values) => {
    const secret = needsSecret ? secretOf(values) : undefined;
    save.mutate({ source: sourceOf(values), ...(secret !== undefined && { secret }) });
  });
  return (
    <form onSubmit={submit}>
      <Changeable if={mayChange}>
        <Title order={3} size="h4">
          {words.recordings}
        </Title>
        <Text size="sm">{words.about}</Text>
        <Select
          label={words.where}
          data={(['none', 'folder', 'sftp', 'http'] as const).map((value) => ({ value, label: words.kinds[value] }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
        {kind === 'folder' && (
          <TextInput label={words.folder} description={words.folderHint} required {...form.getInputProps('folder')} />
        )}
        {(kind === 'sftp' || kind === 'http') && <ServerFields form={form} kind={kind} />}
        {needsSecret && <SecretFields form={form} isKept={recordings?.kind === kind} />}
        {kind !== 'none' && (
          <TextInput
            label={words.pbxFolder}
            description={words.pbxFolderHint}
            placeholder={usualPbxFolder}
            {...form.getInputProps('pbxFolder')}
          />
        )}
        {save.isError && <Failure error={save.error} />}
        {mayChange && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {words.save}
            </Button>
          </Group>
        )}
      </Changeable>
    </form>
  );
}
