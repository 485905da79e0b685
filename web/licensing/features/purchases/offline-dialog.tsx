import { Button, FileButton, List, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Value } from 'typebox/value';
import { SignedRequest } from '../../../../proto/licence/wire.ts';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { saveFile } from '../../../kit/save-file.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../ui/deed.ts';
import { texts } from './words.ts';

/** A request file is answered by a permit file, for a machine that reaches nobody. */
export function OfflineDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(texts);
  const [isStrange, setStrange] = useState(false);
  const [isDone, setDone] = useState(false);
  const answer = useDeed((request: string) => bodyOf(api.POST('/api/offline-permits', { body: { request } })), {
    onDone(permit) {
      saveFile('ringflow-permit.json', `${JSON.stringify(permit, null, 2)}\n`, 'application/json');
      setDone(true);
    },
  });
  const take = async (file: File | null) => {
    if (!file) return;
    setDone(false);
    answer.reset();
    const request = readRequest(await file.text());
    setStrange(request === undefined);
    if (request !== undefined) answer.mutate(request);
  };
  return (
    <Modal opened onClose={onClose} title={words.offlineTitle}>
      <Stack>
        <Text size="sm">{words.offlineAbout}</Text>
        <List type="ordered" size="sm">
          {words.offlineSteps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
        <FileButton
          accept="application/json,.json"
          onChange={(file) => void take(file)}
          inputProps={{ 'aria-label': words.requestFile }}
        >
          {(props) => (
            <Button {...props} loading={answer.isPending}>
              {words.requestFile}
            </Button>
          )}
        </FileButton>
        {isStrange && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {words.strangeFile}
          </Text>
        )}
        {answer.isError && <Failure error={answer.error} />}
        {isDone && <Text role="status">{words.permitSaved}</Text>}
      </Stack>
    </Modal>
  );
}

/** @returns the token of a request file; undefined if it is none */
function readRequest(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(SignedRequest, value) ? (value as { request: string }).request : undefined;
  } catch {
    return undefined;
  }
}
