import { Button, Group } from '@mantine/core';
import { isOpen } from '../../../../proto/backfill.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import type { Backfill, useCommand } from './backfills.ts';
import { texts } from './words.ts';

interface CommandsParts extends ReturnType<typeof useCommand> {
  backfill: Backfill;
}

/** What one can do about a backfill that is open. */
export function Commands({ backfill: { state }, command, isStopping }: CommandsParts) {
  const words = useWords(texts);
  if (!isOpen(state) || isStopping) return null;
  const word = state === 'paused' ? 'resume' : 'pause';
  const isBusyWith = (one: string) => command.isPending && command.variables === one;
  return (
    <>
      {command.isError && <Failure error={command.error} />}
      <Group gap="xs">
        <Button variant="default" loading={isBusyWith(word)} onClick={() => command.mutate(word)}>
          {words[word]}
        </Button>
        <SureButton
          label={words.cancel}
          sure={words.cancelSure}
          isBusy={isBusyWith('cancel')}
          onSure={() => command.mutate('cancel')}
        />
      </Group>
    </>
  );
}
