import { Button, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { api, type Purchase, type RefusedAttempt } from '../../app/api.ts';
import { useMay } from '../../app/may.ts';
import { useDeed } from '../../ui/deed.ts';
import { InstallationId } from '../../ui/installation-id.tsx';
import { FileUntil } from './file-until.tsx';
import { texts } from './words.ts';

interface MoveDialogParts {
  purchase: Purchase;
  attempts: RefusedAttempt[];
  onClose: () => void;
}

const other = 'other';

/** Puts a purchase on another machine: one that came with its key and was refused, or one that is named. */
export function MoveDialog({ purchase, attempts, onClose }: MoveDialogParts) {
  const words = useWords(texts);
  const mayName = useMay()('see-partners'); // partners know of installations only by the attempts
  const form = useForm({
    initialValues: { chosen: attempts[0]?.thumbprint ?? (mayName ? other : ''), named: '' },
    validate: {
      named: (named, { chosen }) =>
        chosen !== other || /^[A-Za-z0-9_-]{43}$/.test(named.trim()) ? null : words.installationFault,
    },
  });
  const move = useDeed(
    (thumbprint: string) =>
      bodyOf(api.POST('/api/purchases/{id}/move', { params: { path: { id: purchase.id } }, body: { thumbprint } })),
    { said: words.moved, onDone: onClose },
  );
  const { chosen } = form.values;
  return (
    <Modal opened onClose={onClose} title={words.moveTitle}>
      <form onSubmit={form.onSubmit(({ named }) => move.mutate(chosen === other ? named.trim() : chosen))} noValidate>
        <Stack>
          <Text size="sm">{words.moveAbout}</Text>
          <FileUntil purchase={purchase} />
          {attempts.length > 0 && (
            <Radio.Group label={words.moveTo} {...form.getInputProps('chosen')}>
              <Stack gap="xs" mt="xs">
                {attempts.map(({ thumbprint, lastAtMs, address, accounts }) => (
                  <Radio
                    key={thumbprint}
                    value={thumbprint}
                    label={<InstallationId of={thumbprint} />}
                    description={
                      <>
                        {words.cameFrom(address)} <Moment atMs={lastAtMs} />
                        {accounts.length > 0 && ` · ${accounts.join(', ')}`}
                      </>
                    }
                  />
                ))}
                {mayName && <Radio value={other} label={words.otherInstallation} />}
              </Stack>
            </Radio.Group>
          )}
          {chosen === other && (
            <TextInput
              label={words.installationId}
              description={words.installationIdHint}
              required
              spellCheck={false}
              {...form.getInputProps('named')}
            />
          )}
          {attempts.length === 0 && !mayName && <Text>{words.noAttempts}</Text>}
          {move.isError && <Failure error={move.error} />}
          {chosen !== '' && (
            <Button type="submit" loading={move.isPending}>
              {words.move}
            </Button>
          )}
        </Stack>
      </form>
    </Modal>
  );
}
