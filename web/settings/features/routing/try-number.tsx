import { Alert, Autocomplete, Button, Code, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { PbxRouting } from '../../../../proto/routing/settings.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { type Trial, useTry } from './routing.ts';
import { isComplete } from './routing-values.ts';
import { texts } from './words.ts';

interface TryNumberParts {
  accountId: string;
  pbxId: string;
  /** As it stands in the form. */
  routing: PbxRouting;
  dids: string[];
}

/** What the PBX would be answered now, and why. */
export function TryNumber({ accountId, pbxId, routing, dids }: TryNumberParts) {
  const words = useWords(texts);
  const [number, setNumber] = useState('');
  const [did, setDid] = useState('');
  const trial = useTry(accountId, pbxId);
  return (
    <Stack component="section" aria-labelledby="try-number" gap="sm" maw={560}>
      <div>
        <Title order={3} size="h4" id="try-number">
          {words.tryNumber}
        </Title>
        <Text size="sm">{words.tryAbout}</Text>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          trial.mutate({ number, did, routing });
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={words.clientsNumber}
            placeholder="8 916 123-45-67"
            maxLength={64}
            flex={1}
            miw={200}
            required
            value={number}
            onChange={({ currentTarget }) => setNumber(currentTarget.value)}
          />
          <Autocomplete
            label={words.calledNumber}
            data={dids}
            maxLength={64}
            flex={1}
            miw={200}
            value={did}
            onChange={setDid}
          />
          <Button type="submit" variant="light" loading={trial.isPending} disabled={!isComplete(routing)}>
            {words.try}
          </Button>
        </Group>
      </form>
      {trial.isError && <Failure error={trial.error} />}
      {trial.data && <Outcome trial={trial.data} />}
    </Stack>
  );
}

function Outcome({ trial: { reason, rung, extension, name, answer } }: { trial: Trial }) {
  const words = useWords(texts);
  return (
    <Alert role="status" color={extension === null ? 'gray' : 'teal'} title={words.rung[rung](extension ?? '')}>
      <Stack gap={4}>
        <Text size="sm">{words.reasons[reason]}</Text>
        {name !== '' && <Text size="sm">{words.shows(name)}</Text>}
        <Text size="sm">
          {words.answer}: {answer === '' ? words.emptyAnswer : <Code>{answer}</Code>}
        </Text>
      </Stack>
    </Alert>
  );
}
