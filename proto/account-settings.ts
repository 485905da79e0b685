import { isSupportedCountry } from 'libphonenumber-js/min';
import { type Static, Type } from 'typebox';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';
import { AlertSettings, faultsOfAlerts } from './alerts/settings.ts';
import { Calendar } from './calendar.ts';
import { CallingSettings, faultsOfCalling } from './calling/settings.ts';
import { faultsInWords } from './faults-in-words.ts';
import { DecisionHook, Hook } from './hook.ts';
import { OurNumbers } from './our-number.ts';
import { PbxDescription, type Rewriting } from './pbx.ts';
import { isTimeZone } from './pbx-time.ts';
import { faultsOfRecordings, RecordingsSettings } from './recordings/settings.ts';
import { Retention } from './retention.ts';
import { faultsOfRouting, Routing } from './routing/settings.ts';
import { isTimely, NumberList, Rule, RuleAction } from './rule.ts';
import { senselessSettings } from './settings-sense.ts';
import { faultsOfTemplate } from './template.ts';
import { readUtcTime } from './utc-time.ts';

const strict = { additionalProperties: false };

/** Everything that an administrator sets for one amoCRM account, as it is exported and imported. */
export const AccountSettings = Type.Object(
  {
    /** Language of the texts that Ringflow writes into amoCRM. */
    language: Type.Union([Type.Literal('ru'), Type.Literal('en')]),
    /** Extension → amoCRM user id; null: the users' own phone numbers in amoCRM tell. */
    employees: Type.Union([
      Type.Record(Type.String({ pattern: '^\\d{1,10}$' }), Type.Integer({ minimum: 1 }), strict),
      Type.Null(),
    ]),
    /** By id of the PBX, what is known of it; what is left out is found in the data or as FreePBX has it. */
    pbxs: Type.Record(
      Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
      Type.Partial(Type.Omit(PbxDescription, ['id', 'timezone']), strict),
      strict,
    ),
    rules: Type.Array(Rule, { maxItems: 200 }),
    calendars: Type.Array(Calendar, { maxItems: 50 }),
    numberLists: Type.Array(NumberList, { maxItems: 10 }),
    numbers: Type.Optional(OurNumbers),
    hooks: Type.Optional(Type.Array(Hook, { maxItems: 20 })),
    decisionHook: Type.Optional(DecisionHook),
    /**
     * PBXs that another product still serves: calls that begin until that time (UTC; null: until the settings say
     * otherwise) are told and decided, and nothing is written of them.
     */
    observedPbxs: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
        Type.Object({ until: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]) }, strict),
        strict,
      ),
    ),
    /**
     * The brake: of contacts, leads and tasks each at most so many new ones an hour for each number that was called;
     * what is beyond is told instead of made. Robots that call all night must not fill the account.
     */
    mostNewPerHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    alerts: Type.Optional(AlertSettings),
    calling: Type.Optional(CallingSettings),
    /** False: amoCRM's own notification also for whoever has our widget open; else they see the widget's card instead. */
    widgetCards: Type.Optional(Type.Boolean()),
    routing: Type.Optional(Routing),
    /** amoCRM users who get a seat of the licence first, in this order; the others by their number in amoCRM. */
    seats: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 10_000 })),
    recordings: Type.Optional(RecordingsSettings),
    retention: Type.Optional(Retention),
  },
  strict,
);
export type AccountSettings = Static<typeof AccountSettings>;

const mostFaults = 20;
/** A union tells a fault for each of its forms; those of other places must not be crowded out. */
Settings.Set({ maxErrors: 500 });

/**
 * What is wrong with settings from outside, each fault with where it is and what to do; empty if they can be used.
 */
export function faultsOfSettings(value: unknown): string[] {
  const faults = faultsOfForm(value).slice(0, mostFaults);
  if (faults.length > 0) return faults;
  const settings = value as AccountSettings;
  return [
    ...repeatedIds('rules', settings.rules),
    ...repeatedIds('calendars', settings.calendars),
    ...repeatedIds('numberLists', settings.numberLists),
    ...repeatedIds('hooks', settings.hooks ?? []),
    ...repeatedIds('alerts/destinations', settings.alerts?.destinations ?? []),
    ...faultsOfAlerts(settings.alerts, settings.calendars),
    ...faultsOfCalling(settings.calling),
    ...faultsOfRouting(settings.routing, settings.calendars),
    ...repeatedSeats(settings.seats),
    ...faultsOfRecordings(settings.recordings),
    ...danglingDecisionHook(settings),
    ...danglingCalendars(settings),
    ...(settings.hooks ?? []).flatMap(({ url }, index) =>
      URL.canParse(url)
        ? []
        : [`/hooks/${index}/url: ${url} is no address; write one such as https://crm.example/calls`],
    ),
    ...settings.rules.flatMap((rule, index) => danglingNames(rule, `/rules/${index}`, settings)),
    ...settings.rules.flatMap((rule, index) => untimelyActions(rule, `/rules/${index}`)),
    ...settings.rules.flatMap((rule, index) => templateFaults(rule, `/rules/${index}/actions`)),
    ...settings.calendars.flatMap(({ timezone }, index) =>
      isTimeZone(timezone) ? [] : [`/calendars/${index}/timezone: ${timezone} is no time zone, such as Europe/Moscow`],
    ),
    ...Object.entries(settings.pbxs).flatMap(([id, { extensionPattern }]) =>
      extensionPattern === undefined || isPattern(extensionPattern)
        ? []
        : [`/pbxs/${id}/extensionPattern: not a regular expression, such as ^\\d{3}$`],
    ),
    ...Object.entries(settings.pbxs).flatMap(([id, { country }]) => countryFaults(country, `/pbxs/${id}/country`)),
    ...Object.entries(settings.pbxs).flatMap(([id, { rewriting = [] }]) =>
      rewriting.flatMap((rule, index) =>
        rewritingFaults(rule).map((fault) => `/pbxs/${id}/rewriting/${index}: ${fault}`),
      ),
    ),
    ...Object.entries(settings.observedPbxs ?? {}).flatMap(([id, { until }]) =>
      until === null || readUtcTime(until) !== undefined
        ? []
        : [
            `/observedPbxs/${id}/until: ${until} is no time in UTC, such as 2026-12-01T06:00:00Z; null is without an end`,
          ],
    ),
    ...senselessSettings(settings),
  ].slice(0, mostFaults);
}

/** No number of a country that is none could be read: calls would stand still. */
function countryFaults(country: string | undefined, where: string): string[] {
  if (country === undefined || isSupportedCountry(country)) return [];
  return [`${where}: must be two capital letters that name a country, such as RU; ${country} names none`];
}

/** Of an action only the faults of its own kind are told, not that it is none of eleven kinds. */
function faultsOfForm(value: unknown): string[] {
  const ofAction = /^\/rules\/\d+\/actions\/\d+/;
  const errors = Value.Errors(AccountSettings, value);
  const actions = new Set(errors.flatMap(({ instancePath }) => ofAction.exec(instancePath)?.[0] ?? []));
  const others = errors.filter(({ instancePath }) => !ofAction.test(instancePath));
  return [
    ...faultsInWords(others),
    ...[...actions].flatMap((path) => faultsOfAction(path, Value.Pointer.Get(value, path))),
  ];
}

function faultsOfAction(path: string, action: unknown): string[] {
  const kinds = RuleAction.anyOf.map((schema) => schema.properties.do.const);
  const asked = (action as { do?: unknown } | null)?.do;
  const schema = RuleAction.anyOf.find(({ properties }) => properties.do.const === asked);
  if (!schema) return [`${path}/do: must be one of ${kinds.join(', ')}`];
  return faultsInWords(Value.Errors(schema, action), path);
}

function repeatedSeats(seats: readonly number[] = []): string[] {
  const repeated = new Set(seats.filter((user, index) => seats.indexOf(user) !== index));
  return [...repeated].map((user) => `/seats: the user ${user} stands there more than once; once is enough`);
}

function repeatedIds(where: string, items: readonly { id: string }[]): string[] {
  const ids = items.map(({ id }) => id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => `/${where}: the id ${id} stands there more than once; give each its own`);
}

function danglingNames({ when, actions }: Rule, where: string, settings: AccountSettings): string[] {
  const { calendars, numberLists, hooks = [] } = settings;
  const has = (items: readonly { id: string }[], id: string) => items.some((item) => item.id === id);
  const lists = [...(when.inLists ?? []), ...(when.notInLists ?? [])].filter((id) => !has(numberLists, id));
  const deadlines = actions.flatMap((action) => (action.do === 'create-task' ? (action.withinHours ?? []) : []));
  const calendar = [...(when.calendar ? [when.calendar.id] : []), ...deadlines].filter((id) => !has(calendars, id));
  const called = actions.flatMap((action) => (action.do === 'call-hook' ? [action.hook] : []));
  return [
    ...lists.map((id) => `${where}/when: there is no number list ${id}; add it to numberLists`),
    ...calendar.map((id) => `${where}: there is no calendar ${id}; add it to calendars`),
    ...called.filter((id) => !has(hooks, id)).map((id) => `${where}/actions: there is no hook ${id}; add it to hooks`),
  ];
}

function danglingDecisionHook({ decisionHook, hooks = [] }: AccountSettings): string[] {
  if (!decisionHook || hooks.some(({ id }) => id === decisionHook.hook)) return [];
  return [`/decisionHook/hook: there is no hook ${decisionHook.hook}; add it to hooks`];
}

function danglingCalendars({ numbers = {}, calendars }: AccountSettings): string[] {
  return Object.entries(numbers)
    .filter(([, { calendar }]) => calendar !== undefined && !calendars.some(({ id }) => id === calendar))
    .map(([key, { calendar }]) => `/numbers/${key}: there is no calendar ${calendar}; add it to calendars`);
}

function templateFaults({ actions }: Rule, where: string): string[] {
  return actions.flatMap((action, index) => [
    ...('text' in action ? faultsOfTemplate(action.text).map((fault) => `${where}/${index}/text: ${fault}`) : []),
    ...('name' in action ? faultsOfTemplate(action.name).map((fault) => `${where}/${index}/name: ${fault}`) : []),
  ]);
}

function untimelyActions({ when, actions }: Rule, where: string): string[] {
  return actions.flatMap((action, index) => {
    if (isTimely(action.do, when.phase)) return [];
    return action.do === 'show-card'
      ? [`${where}/actions/${index}: a card is for calls that go on; set the phase to requested`]
      : [`${where}/actions/${index}: ${action.do} is for calls that are over; set the phase to call_ended`];
  });
}

function rewritingFaults({ begins, digits, becomes }: Rewriting): string[] {
  if (begins === '' && digits === undefined) return ['fits every number; name a beginning, or how many digits it has'];
  if (digits !== undefined && digits < begins.length) return [`no number of ${digits} digits begins with ${begins}`];
  return begins === becomes ? ['changes nothing; leave it out'] : [];
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
