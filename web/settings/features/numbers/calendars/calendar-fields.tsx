import { ActionIcon, Autocomplete, Button, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { isTimeZone } from '../../../../../proto/pbx-time.ts';
import { useWords } from '../../../../kit/language.tsx';
import { type Draft, readHours } from './drafts.ts';
import { texts } from './words.ts';

interface CalendarFieldsParts {
  draft: Draft;
  /** Names of what needs it. */
  usedBy: string[];
  onChange: (draft: Draft) => void;
  onRemove: () => void;
}

/** One calendar: its zone, its week, its special days. */
export function CalendarFields({ draft, usedBy, onChange, onRemove }: CalendarFieldsParts) {
  const words = useWords(texts);
  const { name, timezone, week } = draft;
  return (
    <Stack gap="sm">
      <TextInput
        label={words.name}
        required
        maxLength={100}
        value={name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <Autocomplete
        label={words.timezone}
        required
        data={Intl.supportedValuesOf('timeZone')}
        limit={8}
        value={timezone}
        error={!isTimeZone(timezone) && words.badZone}
        onChange={(changed) => onChange({ ...draft, timezone: changed })}
      />
      <Fieldset legend={words.week}>
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {words.hoursAbout}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs">
            {words.weekdays.map((weekday, day) => (
              <HoursInput
                key={weekday}
                label={weekday}
                hours={week[day] ?? ''}
                onChange={(hours) =>
                  onChange({ ...draft, week: week.map((one, index) => (index === day ? hours : one)) })
                }
              />
            ))}
          </SimpleGrid>
        </Stack>
      </Fieldset>
      <SpecialDays draft={draft} onChange={onChange} />
      {usedBy.length > 0 ? (
        <Text size="sm" c="dimmed">
          {words.usedBy(usedBy.join(', '))}
        </Text>
      ) : (
        <Button color="red" variant="light" style={{ alignSelf: 'flex-start' }} onClick={onRemove}>
          {words.remove}
        </Button>
      )}
    </Stack>
  );
}

interface HoursInputParts {
  label: string;
  hours: string;
  onChange: (hours: string) => void;
}

function HoursInput({ label, hours, onChange }: HoursInputParts) {
  const words = useWords(texts);
  return (
    <TextInput
      label={label}
      value={hours}
      placeholder={words.closed}
      error={readHours(hours) === undefined && words.badHours}
      onChange={(event) => onChange(event.currentTarget.value)}
      style={{ flex: '1 1 180px' }}
    />
  );
}

function SpecialDays({ draft, onChange }: Pick<CalendarFieldsParts, 'draft' | 'onChange'>) {
  const words = useWords(texts);
  const { days } = draft;
  const setDay = (index: number, changes: Partial<Draft['days'][number]>) =>
    onChange({ ...draft, days: days.map((one, place) => (place === index ? { ...one, ...changes } : one)) });
  const isBad = (date: string) => date === '' || days.filter((one) => one.date === date).length > 1;
  return (
    <Fieldset legend={words.days}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {words.daysAbout}
        </Text>
        {days.map(({ date, hours }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day has nothing else until its date is chosen
          <Group key={index} gap="xs" align="flex-start">
            <TextInput
              type="date"
              label={words.date}
              value={date}
              error={isBad(date) && words.badDate}
              onChange={(event) => setDay(index, { date: event.currentTarget.value })}
            />
            <HoursInput label={words.hours} hours={hours} onChange={(changed) => setDay(index, { hours: changed })} />
            <ActionIcon
              mt={26}
              size="lg"
              variant="subtle"
              color="red"
              aria-label={`${words.removeDay} ${date}`}
              onClick={() => onChange({ ...draft, days: days.filter((_, place) => place !== index) })}
            >
              ×
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="xs"
          variant="light"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange({ ...draft, days: [...days, { date: '', hours: '' }] })}
        >
          {words.addDay}
        </Button>
      </Stack>
    </Fieldset>
  );
}
