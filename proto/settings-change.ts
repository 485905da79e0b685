import { type Static, Type } from 'typebox';
import { AccountSettings } from './account-settings.ts';
import { nullable } from './nullable.ts';

const {
  numbers,
  hooks,
  decisionHook,
  observedPbxs,
  mostNewPerHour,
  alerts,
  calling,
  widgetCards,
  routing,
  seats,
  recordings,
  retention,
  ...others
} = AccountSettings.properties;
/** What need not be there; null takes it out. */
const removable = {
  numbers: nullable(numbers),
  hooks: nullable(hooks),
  decisionHook: nullable(decisionHook),
  observedPbxs: nullable(observedPbxs),
  mostNewPerHour: nullable(mostNewPerHour),
  alerts: nullable(alerts),
  calling: nullable(calling),
  widgetCards: nullable(widgetCards),
  routing: nullable(routing),
  seats: nullable(seats),
  recordings: nullable(recordings),
  retention: nullable(retention),
};

/** The sections of the settings that a change replaces; null takes out what need not be there, what is not named stays. */
export const SettingsSections = Type.Partial(Type.Object({ ...others, ...removable }), { additionalProperties: false });
export type SettingsSections = Static<typeof SettingsSections>;
export type SectionName = keyof AccountSettings;

export function withSections(settings: AccountSettings, sections: SettingsSections): AccountSettings {
  const result = { ...settings, ...sections };
  for (const name of Object.keys(removable) as (keyof typeof removable)[]) {
    if (result[name] === null) delete result[name];
  }
  return result as AccountSettings;
}

/** What has to be changed in one to get the other. */
export function sectionsBetween(present: AccountSettings, wanted: AccountSettings): SettingsSections {
  return Object.fromEntries(differingSections(present, wanted).map((name) => [name, wanted[name] ?? null]));
}

/** What became of a change. */
export const ChangeOutcome = Type.Union([
  Type.Object({ outcome: Type.Literal('saved'), version: Type.Integer() }),
  /** Somebody has changed the same sections since the version that the change is based on; nothing was changed. */
  Type.Object({
    outcome: Type.Literal('conflict'),
    version: Type.Integer(),
    author: Type.String(),
    sections: Type.Array(Type.String()),
  }),
  /** In words, each with its place. Nothing was changed. */
  Type.Object({ outcome: Type.Literal('faulty'), faults: Type.Array(Type.String()) }),
]);
export type ChangeOutcome = Static<typeof ChangeOutcome>;

/** Sections that differ, in the order of the schema. */
export function differingSections(one: AccountSettings, other: AccountSettings): SectionName[] {
  const names = Object.keys(AccountSettings.properties) as SectionName[];
  return names.filter((name) => JSON.stringify(sorted(one[name])) !== JSON.stringify(sorted(other[name])));
}

/** The database keeps no order of names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [name, sorted(inner)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
