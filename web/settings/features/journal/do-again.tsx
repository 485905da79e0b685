import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { type CallName, callQuery, doAgain } from './calls.ts';
import { texts } from './words.ts';

const lookEveryMs = 1_000;
/** A call that waits for amoCRM may take longer; then the page need not wait with it. */
const patienceMs = 60_000;

/** Doing a call again; while it is under way the call is read anew until it has been written. */
export function useAgain(account: string, name: CallName) {
  const words = useWords(texts);
  const queries = useQueryClient();
  const { data } = useQuery({ ...callQuery(account, name), enabled: false });
  const [awaited, setAwaited] = useState<{ writtenAtMs: number }>();
  const start = useMutation({
    mutationFn: (_writtenAtMs: number) => doAgain(account, name),
    onSuccess(_, writtenAtMs) {
      setAwaited({ writtenAtMs });
      notifications.show({ message: words.againBegun, color: 'blue' });
    },
  });
  const isWritten = awaited !== undefined && data !== undefined && data.writtenAtMs !== awaited.writtenAtMs;
  const isOver = isWritten && data.registration.state !== 'pending';
  useEffect(() => {
    if (!awaited) return;
    const end = (message: string, color: string) => {
      setAwaited(undefined);
      notifications.show({ message, color });
      void queries.invalidateQueries({ queryKey: ['calls', account] });
    };
    if (isOver) return end(words.againDone, 'teal');
    const timer = setTimeout(() => end(words.againGoesOn, 'blue'), patienceMs);
    return () => clearTimeout(timer);
  }, [awaited, isOver, words, queries, account]);
  return { start, isUnderWay: awaited !== undefined, refetchEveryMs: awaited ? lookEveryMs : (false as const) };
}

/** Asks once more. */
export function DoAgain({ again, writtenAtMs }: { again: ReturnType<typeof useAgain>; writtenAtMs: number }) {
  const words = useWords(texts);
  const [isAsked, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="light" loading={again.isUnderWay} onClick={open}>
        {words.again}
      </Button>
      <Modal opened={isAsked} onClose={close} title={words.againTitle}>
        <Stack>
          <Text>{words.againText}</Text>
          {again.start.isError && <Failure error={again.start.error} />}
          <Group>
            <Button
              loading={again.start.isPending}
              onClick={() => again.start.mutate(writtenAtMs, { onSuccess: close })}
            >
              {words.again}
            </Button>
            <Button variant="default" onClick={close}>
              {words.cancel}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
