import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { type PresentSettings, useSaveSettings } from '../settings/settings.ts';
import { withPbx } from './observed-pbxs.ts';
import { texts } from './words.ts';

export type Step = 'observe' | 'cut-over';

interface StepDialogParts {
  accountId: string;
  pbxId: string;
  present: PresentSettings;
  step: Step;
  /** When observing ends as things stand; null: never. */
  untilMs: number | null;
  onClose: () => void;
}

/** Says what a step means, and takes it once somebody is sure. */
export function StepDialog({ accountId, pbxId, present, step, untilMs, onClose }: StepDialogParts) {
  const words = useWords(texts);
  const [hasEnd, setHasEnd] = useState(untilMs !== null);
  const [time, setTime] = useState(untilMs === null ? '' : localTime(untilMs));
  const save = useSaveSettings(accountId, () => {
    notifications.show({ message: words.changed, color: 'teal' });
    onClose();
  });
  const endMs = new Date(time).getTime();
  const isUsable = step === 'cut-over' || !hasEnd || endMs > Date.now();
  const observedUntilMs = step === 'cut-over' ? undefined : hasEnd ? endMs : null;
  const take = () =>
    save.mutate({
      basedOn: present.version,
      sections: { observedPbxs: withPbx(present.settings.observedPbxs ?? {}, pbxId, observedUntilMs) },
    });
  return (
    <Modal opened onClose={onClose} title={`${pbxId}: ${step === 'observe' ? words.observe : words.cutOver}`}>
      <Stack>
        <Text size="sm">{step === 'observe' ? words.observeMeans : words.cutOverMeans}</Text>
        {step === 'observe' && (
          <>
            <Radio.Group
              aria-label={words.observing}
              value={hasEnd ? 'time' : 'open'}
              onChange={(chosen) => setHasEnd(chosen === 'time')}
            >
              <Stack gap="xs">
                <Radio value="open" label={words.withoutEnd} description={words.withoutEndMeans} />
                <Radio value="time" label={words.untilTime} description={words.untilTimeMeans} />
              </Stack>
            </Radio.Group>
            {hasEnd && (
              <TextInput
                type="datetime-local"
                label={words.time}
                value={time}
                error={time === '' || isUsable ? null : words.timeFault}
                onChange={({ currentTarget }) => setTime(currentTarget.value)}
              />
            )}
          </>
        )}
        {save.isError && <Failure error={save.error} />}
        <Group>
          <Button disabled={!isUsable} loading={save.isPending} onClick={take}>
            {words.yes}
          </Button>
          <Button variant="default" onClick={onClose}>
            {words.no}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** As a browser's field has it: `2026-12-01T09:00`, by the clock here. */
function localTime(atMs: number): string {
  const date = new Date(atMs);
  return new Date(atMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
