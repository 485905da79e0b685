import { Button, Checkbox, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type AlertDestination, AlertKind } from '../../../../proto/alerts/settings.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import type { PresentSettings } from '../settings/settings.ts';
import { useSectionForm } from '../settings/use-section-form.ts';
import { type AlertValues, alertsOf, alertValuesOf, lacksCalendar } from './alert-values.ts';
import { deliveriesQuery } from './alerts.ts';
import { DestinationCard } from './destination-card.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { texts } from './words.ts';

type AlertForm = UseFormReturnType<AlertValues>;

export function AlertsForm({ accountId, present }: { accountId: string; present: PresentSettings }) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const { form, bar } = useSectionForm(present, alertValuesOf);
  return (
    <Changeable if={mayChange}>
      <Destinations accountId={accountId} form={form} mayChange={mayChange} />
      <About form={form} calendars={present.settings.calendars} />
      <Timing form={form} />
      {mayChange && (
        <SaveBar
          {...bar}
          accountId={accountId}
          holds={words.holds}
          sections={form.isDirty() ? { alerts: alertsOf(form.values) } : undefined}
          isUsable={!lacksCalendar(form.values)}
        />
      )}
    </Changeable>
  );
}

function Destinations({ accountId, form, mayChange }: { accountId: string; form: AlertForm; mayChange: boolean }) {
  const words = useWords(texts);
  const { data: deliveries } = useQuery(deliveriesQuery(accountId));
  const [edited, setEdited] = useState<AlertDestination | 'new'>();
  const { destinations } = form.values;
  const put = (changed: AlertDestination[]) => form.setFieldValue('destinations', changed);
  const done = (one: AlertDestination) => {
    const isKnown = destinations.some(({ id }) => id === one.id);
    put(isKnown ? destinations.map((other) => (other.id === one.id ? one : other)) : [...destinations, one]);
    setEdited(undefined);
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={3} size="h4">
          {words.where}
        </Title>
        {mayChange && (
          <Button size="xs" onClick={() => setEdited('new')}>
            {words.add}
          </Button>
        )}
      </Group>
      {destinations.length === 0 && <EmptyState title={words.nobody} text={words.nobodyText} />}
      {destinations.map((destination) => (
        <DestinationCard
          key={destination.id}
          accountId={accountId}
          destination={destination}
          delivery={deliveries?.find(({ destinationId }) => destinationId === destination.id)}
          mayChange={mayChange}
          onEdit={() => setEdited(destination)}
          onRemove={() => put(destinations.filter(({ id }) => id !== destination.id))}
        />
      ))}
      {edited && (
        <DestinationDialog
          accountId={accountId}
          destination={edited === 'new' ? undefined : edited}
          onDone={done}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Stack>
  );
}

function About({ form, calendars }: { form: AlertForm; calendars: PresentSettings['settings']['calendars'] }) {
  const words = useWords(texts);
  const wantsSilence = form.values.about.includes('pbx-silent');
  return (
    <Stack gap="sm">
      <Checkbox.Group label={words.aboutWhat} {...form.getInputProps('about')}>
        <Stack gap="xs" mt="xs">
          {AlertKind.enum.map((kind) => (
            <Checkbox key={kind} value={kind} label={words.kindsOfTrouble[kind]} />
          ))}
        </Stack>
      </Checkbox.Group>
      {wantsSilence && (
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <Select
            label={words.calendar}
            placeholder={words.choose}
            data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
            error={lacksCalendar(form.values) && (calendars.length === 0 ? words.noCalendar : words.chooseCalendar)}
            {...form.getInputProps('calendar')}
          />
          <NumberInput
            label={words.silentMinutes}
            min={5}
            max={10_080}
            allowDecimal={false}
            {...form.getInputProps('silentMinutes')}
          />
        </Group>
      )}
    </Stack>
  );
}

function Timing({ form }: { form: AlertForm }) {
  const words = useWords(texts);
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {words.when}
      </Title>
      <Text size="sm" c="dimmed">
        {words.whenAbout}
      </Text>
      <NumberInput
        label={words.afterMinutes}
        min={0}
        max={120}
        allowDecimal={false}
        {...form.getInputProps('afterMinutes')}
      />
      <NumberInput
        label={words.pausedMinutes}
        min={1}
        max={1_440}
        allowDecimal={false}
        {...form.getInputProps('pausedMinutes')}
      />
      <NumberInput
        label={words.remindAfterHours}
        min={1}
        max={168}
        allowDecimal={false}
        {...form.getInputProps('remindAfterHours')}
      />
    </Stack>
  );
}
