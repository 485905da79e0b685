import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { useDeed } from '../../ui/deed.ts';
import { texts } from './words.ts';

interface SureDialogParts<Result> {
  title: string;
  /** What happens then. */
  about: string;
  /** What is entered for it. */
  children?: ReactNode;
  sure: string;
  said?: string;
  /** False: something has to be entered first. */
  isReady?: boolean;
  work: () => Promise<Result>;
  onDone: (result: Result) => void;
  onClose: () => void;
}

/** Says what a deed does to the customer, and asks once more. */
export function SureDialog<Result>(parts: SureDialogParts<Result>) {
  const { title, about, children, sure, said, isReady = true, work, onDone, onClose } = parts;
  const words = useWords(texts);
  const deed = useDeed(work, { ...(said !== undefined && { said }), onDone });
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack>
        <Text size="sm">{about}</Text>
        {children}
        {deed.isError && <Failure error={deed.error} />}
        <Group>
          <Button color="red" disabled={!isReady} loading={deed.isPending} onClick={() => deed.mutate(undefined)}>
            {sure}
          </Button>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
