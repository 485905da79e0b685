import { PasswordInput, SegmentedControl, Textarea } from '@mantine/core';
import { useWords } from '../../../../kit/language.tsx';
import type { RecordingsFormState } from './recordings-form.tsx';
import { recordingsTexts } from './recordings-words.ts';

/** By what one proves who one is. @param isKept one may be kept already */
export function SecretFields({ form, isKept }: { form: RecordingsFormState; isKept: boolean }) {
  const words = useWords(recordingsTexts);
  const hint = isKept ? words.secretKept : words.secretHint;
  const isByKey = form.values.kind === 'sftp' && form.values.signsInBy === 'privateKey';
  return (
    <>
      {form.values.kind === 'sftp' && (
        <SegmentedControl
          aria-label={words.signsInBy}
          data={[
            { value: 'password', label: words.password },
            { value: 'privateKey', label: words.privateKey },
          ]}
          {...form.getInputProps('signsInBy')}
        />
      )}
      {isByKey ? (
        <Textarea
          label={words.privateKey}
          description={`${words.privateKeyHint} ${hint}`}
          placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
          rows={4}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('privateKey')}
        />
      ) : (
        <PasswordInput
          label={words.password}
          description={hint}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      )}
    </>
  );
}
