import { Button, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { useDeed } from '../../ui/deed.ts';
import { endOfDayMs, UntilField } from '../../ui/until-field.tsx';
import { texts } from './words.ts';

interface UntilDialogParts {
  title: string;
  /** What it does. */
  about: string;
  label: string;
  /** What is proposed. */
  day: string;
  /** The day has to be later than this. */
  afterMs: number;
  save: string;
  said: string;
  work: (untilMs: number) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a day until which something holds. */
export function UntilDialog({ title, about, label, day, afterMs, save, said, work, onClose }: UntilDialogParts) {
  const words = useWords(texts);
  const form = useForm({
    initialValues: { until: day },
    validate: { until: (until) => ((endOfDayMs(until) ?? 0) > afterMs ? null : words.untilFault) },
  });
  const deed = useDeed(work, { said, onDone: onClose });
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={form.onSubmit(({ until }) => deed.mutate(endOfDayMs(until) as number))} noValidate>
        <Stack>
          <Text size="sm">{about}</Text>
          <UntilField label={label} required data-autofocus {...form.getInputProps('until')} />
          {deed.isError && <Failure error={deed.error} />}
          <Button type="submit" loading={deed.isPending}>
            {save}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
