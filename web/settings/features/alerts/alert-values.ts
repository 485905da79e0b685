import { AlertKind, type AlertSettings } from '../../../../proto/alerts/settings.ts';
import type { PresentSettings } from '../settings/settings.ts';

/** The settings of alerts as they are edited: what need not be there has a value all the same. */
export type AlertValues = Omit<AlertSettings, 'silence'> & {
  /** null: none is chosen. */
  calendar: string | null;
  silentMinutes: number;
};

/** What is suggested where nothing was ever set; silence needs a calendar, so it comes last. */
const suggested: AlertValues = {
  ...{ destinations: [], about: AlertKind.enum.filter((kind) => kind !== 'pbx-silent') },
  ...{ afterMinutes: 2, pausedMinutes: 10, remindAfterHours: 24, calendar: null, silentMinutes: 60 },
};

export function alertValuesOf({ settings: { alerts } }: PresentSettings): AlertValues {
  if (!alerts) return suggested;
  const { silence, ...others } = alerts;
  return {
    ...{ ...suggested, ...others },
    ...(silence && { calendar: silence.calendar, silentMinutes: silence.minutes }),
  };
}

export function alertsOf(values: AlertValues): AlertSettings {
  const { calendar, silentMinutes, ...others } = values;
  return { ...others, ...(calendar !== null && { silence: { calendar, minutes: silentMinutes } }) };
}

/** Silence was asked for, and nobody can say when it is one. */
export const lacksCalendar = ({ about, calendar }: AlertValues): boolean =>
  about.includes('pbx-silent') && calendar === null;
