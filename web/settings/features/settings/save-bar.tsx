import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { ApiFailure } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords, type Words } from '../../../kit/language.tsx';
import { useUnsaved } from '../../app/leaving.tsx';
import { sectionNames } from '../../ui/section-names.ts';
import { type EditedSections, type PresentSettings, settingsQuery, useSaveSettings } from './settings.ts';

interface SaveBarParts {
  accountId: string;
  /** The version that the form was filled from. */
  basedOn: number;
  /** From when on it holds; from the next call on if left out. */
  holds?: string;
  /** What is different now from that; undefined: nothing. */
  sections: EditedSections | undefined;
  /** False while something in it has to be mended. */
  isUsable?: boolean;
  /**
   * Called with the version that holds now, and what was saved: meanwhile more may have been entered. It is the one
   * that was handed over when the button was pressed.
   */
  onSaved: (version: number, sections: EditedSections) => void;
  /** The form takes what holds now in place of what was entered. */
  onReset: (fresh: PresentSettings) => void;
}

/**
 * Saves what was entered in a form, or says why it was not; asks before one leaves without. What somebody else has
 * changed meanwhile is never overwritten silently, and what was entered stays until the person decides.
 */
export function SaveBar({ accountId, basedOn, holds, sections, isUsable = true, onSaved, onReset }: SaveBarParts) {
  const words = useWords(texts);
  const queries = useQueryClient();
  const save = useSaveSettings(accountId, ({ version }) =>
    notifications.show({ message: words.saved(version), color: 'teal' }),
  );
  useUnsaved(sections !== undefined);
  const isConflict = save.error instanceof ApiFailure && save.error.code === 'settings-conflict';
  const reset = async () => {
    const fresh = await queries.fetchQuery({ ...settingsQuery(accountId), staleTime: 0 });
    save.reset();
    onReset(fresh);
  };
  return (
    <Stack gap="sm">
      {isConflict && <Conflict failure={save.error as ApiFailure} onTheirs={reset} />}
      {save.isError && !isConflict && <Failure error={save.error} />}
      <Group>
        <Button
          disabled={!sections || !isUsable}
          loading={save.isPending}
          onClick={() =>
            sections && save.mutate({ basedOn, sections }, { onSuccess: ({ version }) => onSaved(version, sections) })
          }
        >
          {words.save}
        </Button>
        <Button variant="default" disabled={!sections || save.isPending} onClick={reset}>
          {words.undo}
        </Button>
        <Text size="sm" c="dimmed">
          {holds ?? words.holds}
        </Text>
      </Group>
    </Stack>
  );
}

function Conflict({ failure, onTheirs }: { failure: ApiFailure; onTheirs: () => void }) {
  const words = useWords(texts);
  const names = useWords(sectionNames);
  const [author = '', ...sections] = failure.faults;
  const named = sections.map((section) => names[section as keyof typeof names] ?? section);
  return (
    <Alert color="orange" role="alert" title={failure.message}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{words.theirs(author, named.join(', '))}</Text>
        <Button size="xs" variant="light" color="orange" onClick={onTheirs}>
          {words.take}
        </Button>
      </Stack>
    </Alert>
  );
}

interface Texts extends Record<'save' | 'undo' | 'holds' | 'take', string> {
  saved(version: number): string;
  theirs(author: string, sections: string): string;
}

const texts: Words<Texts> = {
  ru: {
    ...{ save: 'Сохранить', undo: 'Отменить изменения', holds: 'Действует со следующего звонка.' },
    take: 'Взять их изменения, мои отбросить',
    saved: (version) => `Сохранено, версия ${version}`,
    theirs: (author, sections) =>
      `Только что изменено: ${sections} (автор: ${author}). Ваше не сохранено и осталось на экране; запишите, что нужно, и возьмите новые настройки.`,
  },
  en: {
    ...{ save: 'Save', undo: 'Undo changes', holds: 'Holds from the next call on.' },
    take: 'Take their changes, drop mine',
    saved: (version) => `Saved as version ${version}`,
    theirs: (author, sections) =>
      `${author} has just changed: ${sections}. Yours is not saved and still on the screen; note what you need and take the new settings.`,
  },
};
