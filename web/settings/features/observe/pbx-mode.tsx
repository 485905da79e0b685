import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { PresentSettings } from '../settings/settings.ts';
import { modeOf } from './observed-pbxs.ts';
import { type Step, StepDialog } from './step-dialog.tsx';
import { texts } from './words.ts';

interface PbxModeParts {
  accountId: string;
  pbxId: string;
  present: PresentSettings;
}

/** Whether Ringflow acts for a PBX or only looks on, and the ways from one to the other. */
export function PbxMode({ accountId, pbxId, present }: PbxModeParts) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const [step, setStep] = useState<Step>();
  const mode = modeOf(pbxId, present.settings.observedPbxs ?? {}, Date.now());
  const isObserving = mode.mode === 'observing';
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Title order={3} size="h4">
          {pbxId}
        </Title>
        <Badge color={isObserving ? 'violet.9' : 'teal.9'}>{words[mode.mode]}</Badge>
        {isObserving && mode.untilMs !== null && (
          <Text size="sm">
            {words.switchesAt} <Moment atMs={mode.untilMs} />
          </Text>
        )}
      </Group>
      <Text size="sm">{isObserving ? words.observingMeans : words.actingMeans}</Text>
      {mayChange && (
        <Group gap="xs">
          {isObserving && <Button onClick={() => setStep('cut-over')}>{words.cutOver}</Button>}
          <Button variant="light" onClick={() => setStep('observe')}>
            {isObserving ? words.otherTime : words.observe}
          </Button>
        </Group>
      )}
      {step && (
        <StepDialog
          {...{ accountId, pbxId, present, step }}
          untilMs={isObserving ? mode.untilMs : null}
          onClose={() => setStep(undefined)}
        />
      )}
    </Stack>
  );
}
