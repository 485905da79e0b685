import { Group, Select, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import type { Calendar } from '../../../../proto/calendar.ts';
import type { AmocrmUser } from '../../../../proto/catalogue.ts';
import type { Instead, PbxRouting } from '../../../../proto/routing/settings.ts';
import { useWords } from '../../../kit/language.tsx';
import { Deputies } from './deputies.tsx';
import { isExtension, type withRouting } from './routing-values.ts';
import { texts } from './words.ts';

interface RoutingFieldsParts {
  routing: PbxRouting;
  /** By which calls came to this PBX. */
  dids: string[];
  users: readonly AmocrmUser[];
  calendars: readonly Pick<Calendar, 'id' | 'name'>[];
  onChange: (changes: Parameters<typeof withRouting>[2]) => void;
}

/** All that can be said of one PBX; what it does not do while it is off stays on the screen. */
export function RoutingFields({ routing, dids, users, calendars, onChange }: RoutingFieldsParts) {
  const words = useWords(texts);
  const { enabled, hours, whenBusy = 'default-route', whenAbsent = 'default-route', deputies = {} } = routing;
  return (
    <Stack>
      <Switch
        label={words.enabled}
        description={words.enabledAbout}
        checked={enabled}
        onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
      />
      <TagsInput
        label={words.dids}
        description={words.didsAbout}
        placeholder={routing.dids ? '' : words.allDids}
        data={dids}
        value={routing.dids ?? []}
        maxTags={500}
        splitChars={[',', ';']}
        acceptValueOnBlur
        clearable
        onChange={(chosen) => onChange({ dids: chosen.length > 0 ? chosen : undefined })}
      />
      <Select
        label={words.hours}
        description={calendars.length === 0 ? words.noCalendars : words.hoursAbout}
        placeholder={words.always}
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        value={hours?.calendar ?? null}
        clearable
        onChange={(calendar) =>
          onChange({ hours: calendar === null ? undefined : { outside: 'default-route', ...hours, calendar } })
        }
      />
      {hours && (
        <Place
          label={words.outside}
          value={hours.outside}
          kinds={['default-route', 'extension']}
          onChange={(outside) => outside !== 'ring' && onChange({ hours: { ...hours, outside } })}
        />
      )}
      <Place
        label={words.whenBusy}
        about={words.whenBusyAbout}
        value={whenBusy}
        kinds={['default-route', 'ring', 'extension']}
        onChange={(place) => onChange({ whenBusy: place })}
      />
      <Place
        label={words.whenAbsent}
        about={words.whenAbsentAbout}
        value={whenAbsent}
        kinds={['default-route', 'extension']}
        onChange={(place) => place !== 'ring' && onChange({ whenAbsent: place })}
      />
      <div>
        <Text size="sm" fw={600}>
          {words.deputies}
        </Text>
        <Text size="xs" c="dimmed" mb="xs">
          {words.deputiesAbout}
        </Text>
        <Deputies
          deputies={deputies}
          users={users}
          onChange={(changed) => onChange({ deputies: Object.keys(changed).length > 0 ? changed : undefined })}
        />
      </div>
    </Stack>
  );
}

type Where = Instead | 'ring';
type Kind = 'default-route' | 'ring' | 'extension';

interface PlaceParts {
  label: string;
  about?: string;
  value: Where;
  kinds: Kind[];
  onChange: (place: Where) => void;
}

/** Where a call goes; an extension is named beside. */
function Place({ label, about, value, kinds, onChange }: PlaceParts) {
  const words = useWords(texts);
  const isNamed = typeof value === 'object';
  return (
    <Group align="flex-end" gap="xs">
      <Select
        flex={1}
        miw={240}
        label={label}
        description={about}
        allowDeselect={false}
        data={kinds.map((kind) => ({ value: kind, label: words.places[kind] }))}
        value={isNamed ? 'extension' : value}
        onChange={(kind) => onChange(kind === 'extension' ? { extension: '' } : (kind as 'default-route' | 'ring'))}
      />
      {isNamed && (
        <ExtensionInput
          label={words.extensionFor(label)}
          value={value.extension}
          onChange={(extension) => onChange({ extension })}
        />
      )}
    </Group>
  );
}

interface ExtensionInputParts {
  label: string;
  value: string;
  onChange: (extension: string) => void;
}

/** A phone, a group or a queue. */
export function ExtensionInput({ label, value, onChange }: ExtensionInputParts) {
  const words = useWords(texts);
  return (
    <TextInput
      aria-label={label}
      placeholder="101"
      inputMode="numeric"
      maxLength={10}
      w={140}
      value={value}
      error={isExtension(value) ? null : words.extensionFault}
      onChange={({ currentTarget }) => onChange(currentTarget.value.trim())}
    />
  );
}
