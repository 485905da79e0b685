import { Accordion, Button, Stack, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { freeId } from '../../../../../proto/free-id.ts';
import { isOpen, nextChange } from '../../../../../proto/opening-hours.ts';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { type Language, useLanguage, useWords } from '../../../../kit/language.tsx';
import { useUser } from '../../../../kit/session/user.ts';
import { Changeable } from '../../settings/changeable.tsx';
import { SaveBar } from '../../settings/save-bar.tsx';
import type { PresentSettings } from '../../settings/settings.ts';
import { useSectionForm } from '../../settings/use-section-form.ts';
import { CalendarFields } from './calendar-fields.tsx';
import { calendarOf, type Draft, draftOf } from './drafts.ts';
import { texts } from './words.ts';

/** When the firm is there. */
export function CalendarsTab({ accountId, present }: { accountId: string; present: PresentSettings }) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const { form, bar } = useSectionForm(present, ({ settings }) => ({ drafts: settings.calendars.map(draftOf) }));
  const { drafts } = form.values;
  const [open, setOpen] = useState<string | null>(null);
  const setDrafts = (changed: Draft[]) => form.setValues({ drafts: changed });
  const calendars = drafts.flatMap((draft) => calendarOf(draft) ?? []);
  const isFinished = calendars.length === drafts.length;
  const add = () => {
    const draft = newDraft(words.newName, drafts);
    setDrafts([...drafts, draft]);
    setOpen(draft.id);
  };
  return (
    <Stack>
      <Text c="dimmed">{words.about}</Text>
      {drafts.length === 0 && <EmptyState title={words.none} text={words.noneText} />}
      <Accordion variant="contained" value={open} onChange={setOpen}>
        {drafts.map((draft) => (
          <Accordion.Item key={draft.id} value={draft.id}>
            <Accordion.Control>
              <Text fw={600}>{draft.name}</Text>
              <Now draft={draft} />
            </Accordion.Control>
            <Accordion.Panel>
              {open === draft.id && (
                <Changeable if={mayChange}>
                  <CalendarFields
                    draft={draft}
                    usedBy={usersOf(draft.id, present)}
                    onChange={(changed) => setDrafts(drafts.map((one) => (one.id === draft.id ? changed : one)))}
                    onRemove={() => setDrafts(drafts.filter((one) => one.id !== draft.id))}
                  />
                </Changeable>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {mayChange && (
        <>
          <Button variant="light" style={{ alignSelf: 'flex-start' }} onClick={add}>
            {words.add}
          </Button>
          {!isFinished && <Text size="sm">{words.unfinished}</Text>}
          <SaveBar
            {...bar}
            accountId={accountId}
            sections={form.isDirty() ? { calendars } : undefined}
            isUsable={isFinished}
          />
        </>
      )}
    </Stack>
  );
}

function newDraft(name: string, taken: readonly Draft[]): Draft {
  const workday = '09:00–18:00';
  return {
    ...{ id: freeId(name, 'office', taken), name, days: [] },
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: [workday, workday, workday, workday, workday, '', ''],
  };
}

/** Names of the rules and numbers, and the PBXs whose routing, go by it. */
function usersOf(id: string, { settings: { rules, numbers = {}, routing = {} } }: PresentSettings): string[] {
  const using = rules.filter(
    ({ when, actions }) =>
      when.calendar?.id === id || actions.some((action) => action.do === 'create-task' && action.withinHours === id),
  );
  const ours = Object.entries(numbers).filter(([, { calendar }]) => calendar === id);
  const routed = Object.keys(routing).filter((pbxId) => routing[pbxId]?.hours?.calendar === id);
  return [...using.map(({ name }) => name), ...ours.map(([key, { name }]) => name ?? key), ...routed];
}

/** Open or closed, and until when, where the office is. */
function Now({ draft }: { draft: Draft }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const [nowMs, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), clockMs, { autoInvoke: true });
  const calendar = calendarOf(draft);
  if (!calendar) return null;
  const isOpenNow = isOpen(calendar, nowMs);
  const next = nextChange(calendar, nowMs);
  const when = next === undefined ? undefined : momentAt(next, calendar.timezone, language);
  const then = when === undefined ? words.noChange : isOpenNow ? words.closesAt(when) : words.opensAt(when);
  return (
    <Text size="sm" c="dimmed">
      {isOpenNow ? words.openNow : words.closedNow}, {then} · {calendar.timezone}
    </Text>
  );
}

const clockMs = 15_000;

function momentAt(ms: number, timeZone: string, language: Language): string {
  const form: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', timeStyle: undefined };
  return new Intl.DateTimeFormat(language, { ...form, hour: '2-digit', minute: '2-digit', timeZone }).format(ms);
}
