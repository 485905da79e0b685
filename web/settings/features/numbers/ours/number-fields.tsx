import { Group, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { Calendar } from '../../../../../proto/calendar.ts';
import type { AmocrmUser, Pipeline } from '../../../../../proto/catalogue.ts';
import type { OurNumber } from '../../../../../proto/our-number.ts';
import { useWords } from '../../../../kit/language.tsx';
import { texts } from './words.ts';

interface NumberFieldsParts {
  number: OurNumber;
  users: readonly AmocrmUser[];
  pipelines: readonly Pipeline[];
  calendars: readonly Pick<Calendar, 'id' | 'name'>[];
  onChange: (changes: Partial<Record<keyof OurNumber, unknown>>) => void;
}

/** All that can be said of one number. */
export function NumberFields({ number, users, pipelines, calendars, onChange }: NumberFieldsParts) {
  const words = useWords(texts);
  const { name = '', pipelineId, statusId, source = '', tags = [], responsibleUserId, calendar } = number;
  const stages = pipelines.find(({ id }) => id === pipelineId)?.stages ?? [];
  const active = users.filter(({ isActive }) => isActive);
  return (
    <Stack gap="sm">
      <TextInput
        label={words.name}
        description={words.nameAbout}
        maxLength={100}
        value={name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <IdSelect
          label={words.pipeline}
          description={words.pipelineAbout}
          things={pipelines}
          value={pipelineId}
          onChange={(id) => onChange({ pipelineId: id, statusId: undefined })}
        />
        <IdSelect
          label={words.stage}
          description={words.pipelineAbout}
          things={stages}
          value={statusId}
          isOff={pipelineId === undefined}
          onChange={(id) => onChange({ statusId: id })}
        />
      </Group>
      <IdSelect
        label={words.responsible}
        description={words.responsibleAbout}
        things={active}
        value={responsibleUserId}
        onChange={(id) => onChange({ responsibleUserId: id })}
      />
      <TagsInput
        label={words.tags}
        description={words.tagsAbout}
        value={tags}
        maxTags={20}
        splitChars={[',', ';']}
        acceptValueOnBlur
        onChange={(changed) => onChange({ tags: changed })}
      />
      <Select
        label={words.calendar}
        description={calendars.length === 0 ? words.noCalendars : words.calendarAbout}
        placeholder={words.byRule}
        data={calendars.map(({ id, name: title }) => ({ value: id, label: title }))}
        value={calendar ?? null}
        clearable
        onChange={(id) => onChange({ calendar: id })}
      />
      <TextInput
        label={words.source}
        description={words.sourceAbout}
        maxLength={36}
        value={source}
        onChange={(event) => onChange({ source: event.currentTarget.value.trim() })}
      />
    </Stack>
  );
}

interface IdSelectParts {
  label: string;
  description: string;
  things: readonly { id: number; name: string }[];
  value: number | undefined;
  isOff?: boolean;
  onChange: (id: number | undefined) => void;
}

/** Something of amoCRM; what is chosen and not there any more is told. */
function IdSelect({ label, description, things, value, isOff = false, onChange }: IdSelectParts) {
  const words = useWords(texts);
  const isGone = value !== undefined && !things.some(({ id }) => id === value);
  const data = things.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Select
      {...{ label, description, searchable: true, clearable: true, disabled: isOff }}
      placeholder={words.byRule}
      data={isGone ? [...data, { value: String(value), label: words.gone(value) }] : data}
      value={value === undefined ? null : String(value)}
      onChange={(id) => onChange(id === null ? undefined : Number(id))}
    />
  );
}
