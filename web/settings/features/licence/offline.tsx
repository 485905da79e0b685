import { Button, Card, FileButton, Group, List, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Value } from 'typebox/value';
import { SignedPermit } from '../../../../proto/licence/permit.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { saveFile } from '../../../kit/save-file.ts';
import { keyFault } from './key-fault.ts';
import { type LicenceAnswer, useRequestFile, useTakePermit } from './licence.ts';
import { texts } from './words.ts';

/** For a server that does not reach the licensing server: files go to and fro. */
export function Offline({ licence: { permit, installation } }: { licence: LicenceAnswer }) {
  const words = useWords(texts);
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const request = useRequestFile();
  const hasKey = permit !== null && permit.keyHint !== null;
  const download = () => {
    const wrong = key === '' && hasKey ? null : keyFault(key, words);
    setFault(wrong);
    if (wrong !== null) return;
    request.mutate(key === '' ? undefined : key, {
      onSuccess: (text) => saveFile(`ringflow-request-${installation.slice(0, 8)}.json`, text, 'application/json'),
    });
  };
  return (
    <Card withBorder component="section" aria-label={words.offline} id="offline">
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.offline}
        </Title>
        <Text size="sm" c="dimmed">
          {words.offlineAbout}
        </Text>
        <List type="ordered" size="sm" spacing="sm">
          <List.Item>
            <Stack gap="xs">
              <Text size="sm">{words.stepRequest}</Text>
              <Group align="flex-start">
                <TextInput
                  aria-label={words.offlineKey}
                  placeholder={hasKey ? words.sameKey : 'RF-XXXXX-XXXXX-XXXXX-XXXXX'}
                  autoComplete="off"
                  spellCheck={false}
                  w={300}
                  maw="100%"
                  value={key}
                  error={fault}
                  onChange={({ currentTarget: { value } }) => setKey(value)}
                />
                <Button variant="light" loading={request.isPending} onClick={download}>
                  {words.downloadRequest}
                </Button>
              </Group>
              {request.isError && <Failure error={request.error} />}
            </Stack>
          </List.Item>
          <List.Item>{words.stepCarry}</List.Item>
          <List.Item>
            <TakePermit />
          </List.Item>
        </List>
      </Stack>
    </Card>
  );
}

function TakePermit() {
  const words = useWords(texts);
  const take = useTakePermit();
  const [isStrange, setStrange] = useState(false);
  const read = async (file: File | null) => {
    if (!file) return;
    const permit = readPermit(await file.text());
    setStrange(!permit);
    take.reset();
    if (!permit) return;
    take.mutate(permit, { onSuccess: () => notifications.show({ message: words.permitTaken, color: 'teal' }) });
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{words.stepPermit}</Text>
      <FileButton
        accept="application/json,.json"
        onChange={(file) => void read(file)}
        inputProps={{ 'aria-label': words.takePermit }}
      >
        {(props) => (
          <Button {...props} variant="light" loading={take.isPending}>
            {words.takePermit}
          </Button>
        )}
      </FileButton>
      {isStrange && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {words.strangeFile}
        </Text>
      )}
      {take.isError && <Failure error={take.error} />}
    </Stack>
  );
}

/** @returns undefined if the file is none of ours */
function readPermit(text: string): SignedPermit | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(SignedPermit, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
