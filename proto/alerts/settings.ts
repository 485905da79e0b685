import { type Static, Type } from 'typebox';
import { Hook } from '../hook.ts';
import type { FindingCode } from '../state/finding.ts';

const strict = { additionalProperties: false };

/** What one may want to be told of. */
export const AlertKind = Type.Enum([
  'reconnect-needed',
  'amocrm-paused',
  'pbx-database-away',
  'pbx-silent',
  'ami-away',
  'needs-attention',
  'brake-hit',
  'parts-down',
  'licence',
]);
export type AlertKind = Static<typeof AlertKind>;

/** Of what kind a finding is; what people see on the pages alone is of none. */
export const alertKindOf: Partial<Record<FindingCode, AlertKind>> = {
  ...{ 'reconnect-needed': 'reconnect-needed', 'amocrm-disconnected': 'reconnect-needed' },
  ...{ 'amocrm-paused': 'amocrm-paused', 'pbx-database-away': 'pbx-database-away', 'pbx-silent': 'pbx-silent' },
  ...{ 'pbx-writes-no-cel': 'pbx-database-away', 'pbx-clock-behind': 'pbx-database-away', 'ami-away': 'ami-away' },
  ...{ 'needs-attention': 'needs-attention', 'calls-waiting': 'needs-attention', 'brake-hit': 'brake-hit' },
  ...{ 'backfill-stands-still': 'needs-attention', 'backfill-failures': 'needs-attention' },
  ...{ 'licence-restricted': 'licence', 'licence-grace': 'licence', 'licence-ends': 'licence' },
  ...{ 'seats-exceeded': 'licence', 'pbx-beyond': 'licence', 'licensing-away': 'licence', 'clock-behind': 'licence' },
  'licence-twin': 'licence',
  ...{ 'mysql-slow': 'parts-down', 'state-unread': 'parts-down' },
  ...{ 'mysql-away': 'parts-down', 'redis-away': 'parts-down', 'temporal-away': 'parts-down' },
  ...{ 'no-worker': 'parts-down', 'pbx-not-read': 'parts-down', 'pbx-reading-stopped': 'parts-down' },
  ...{ 'pbx-behind': 'parts-down', 'queue-behind': 'parts-down', 'token-ends': 'reconnect-needed' },
};

const named = {
  id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
};
/** By which a secret is found that is kept encrypted (`alertSecretOf`): settings hold none. */
const secretRef = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' });
const email = Type.String({ maxLength: 254, pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$' });

const EmailDestination = Type.Object(
  {
    ...{ ...named, kind: Type.Literal('email') },
    to: Type.Array(email, { minItems: 1, maxItems: 10 }),
    from: email,
    /** Of the SMTP server with user and password: `smtps://user:password@mail.example:465`. */
    secretRef,
  },
  strict,
);
const TelegramDestination = Type.Object(
  {
    ...{ ...named, kind: Type.Literal('telegram') },
    /** Number of a chat, or the name of a channel. */
    chatId: Type.String({ maxLength: 50, pattern: '^(-?\\d{1,20}|@\\w{3,40})$' }),
    /** Of the bot's token. */
    secretRef,
  },
  strict,
);
const WebhookDestination = Type.Object(
  {
    ...{ ...named, kind: Type.Literal('webhook'), url: Hook.properties.url },
    /** Of the key that signs; nothing is signed without. */
    secretRef: Type.Optional(secretRef),
  },
  strict,
);
const TaskDestination = Type.Object(
  { ...named, kind: Type.Literal('amocrm-task'), userId: Type.Integer({ minimum: 1 }) },
  strict,
);

export type EmailDestination = Static<typeof EmailDestination>;
export type TelegramDestination = Static<typeof TelegramDestination>;
export type WebhookDestination = Static<typeof WebhookDestination>;
export type TaskDestination = Static<typeof TaskDestination>;

/** Where alerts go. */
export const AlertDestination = Type.Union([
  EmailDestination,
  TelegramDestination,
  WebhookDestination,
  TaskDestination,
]);
export type AlertDestination = Static<typeof AlertDestination>;

/** Who is told of what is not right, without looking. */
export const AlertSettings = Type.Object(
  {
    destinations: Type.Array(AlertDestination, { maxItems: 10 }),
    about: Type.Array(AlertKind, { maxItems: AlertKind.enum.length }),
    /** So long a trouble must hold before it is told, and be gone before that is. */
    afterMinutes: Type.Integer({ minimum: 0, maximum: 120 }),
    /** The same of a pause of amoCRM. */
    pausedMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
    /** What still holds is told again. */
    remindAfterHours: Type.Integer({ minimum: 1, maximum: 168 }),
    /** A PBX is silent after so many minutes of this calendar's hours without a call. */
    silence: Type.Optional(
      Type.Object(
        {
          calendar: Type.String({ minLength: 1, maxLength: 40 }),
          minutes: Type.Integer({ minimum: 5, maximum: 10_080 }),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type AlertSettings = Static<typeof AlertSettings>;

/** What has the right form and can't work, each with its place. */
export function faultsOfAlerts(alerts: AlertSettings | undefined, calendars: readonly { id: string }[]): string[] {
  if (!alerts) return [];
  const { destinations, about, silence } = alerts;
  const isCalendarKnown = !silence || calendars.some(({ id }) => id === silence.calendar);
  return [
    ...destinations.flatMap((one, index) =>
      one.kind === 'webhook' && !URL.canParse(one.url)
        ? [`/alerts/destinations/${index}/url: ${one.url} is no address; write one such as https://crm.example/alerts`]
        : [],
    ),
    ...(isCalendarKnown
      ? []
      : [`/alerts/silence/calendar: there is no calendar ${silence.calendar}; add it to calendars`]),
    ...(about.includes('pbx-silent') && !silence
      ? ['/alerts/silence: pbx-silent needs it; name a calendar and after how many minutes']
      : []),
  ];
}
