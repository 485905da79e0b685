import { type Static, Type } from 'typebox';
import { nullable } from '../nullable.ts';

/**
 * How an installation speaks with the licensing server. Each request is a JWS by the installation's own key, whose public
 * half stands in its header (`jwk`): a key that was stolen is no use from elsewhere, and nobody speaks for another.
 */

export const requestAudience = 'ringflow-licensing';
/** A request is good for so long on either side of the server's clock; of one in a file the time is not asked. */
export const requestLifeSeconds = 300;

export const LicenceKey = Type.String({ pattern: '^RF(-[0-9A-HJKMNP-TV-Z]{5}){4}$' });

/** As people type a key: small letters, other dashes, spaces; O for 0, I and L for 1 (Crockford's base 32). */
export function tidyLicenceKey(typed: string): string {
  const signs = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/^RF/, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return ['RF', ...(signs.match(/.{1,5}/g) ?? [])].join('-');
}

/** What is used, as of now; no person and no number of a client. */
export const Usage = Type.Object(
  {
    accounts: Type.Integer({ minimum: 0 }),
    pbxs: Type.Integer({ minimum: 0 }),
    /** Employees who have an extension. */
    employees: Type.Integer({ minimum: 0 }),
    /** That ended within the last 30 days. */
    callsOfMonth: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type Usage = Static<typeof Usage>;

export const LicenceRequest = Type.Object(
  {
    aud: Type.Literal(requestAudience),
    /** Of a file: by a clock that never goes back; it may be wrong, and is told back in the permit. */
    iat: Type.Integer(),
    /** Never the same twice: the server refuses a request that it has seen. */
    jti: Type.String({ minLength: 16, maxLength: 64 }),
    purpose: Type.Enum(['activate', 'trial', 'check', 'release', 'offline']),
    /** Of `activate` and `offline`. */
    key: Type.Optional(LicenceKey),
    /** Number of the last permit that it has; 0: none. By it a copy of the machine is noticed. */
    lastSerial: Type.Optional(Type.Integer({ minimum: 0 })),
    /** amoCRM accounts that are connected; a trial is bound to the first. */
    accounts: Type.Array(Type.String({ maxLength: 100, pattern: '^[\\w.:%\\[\\] -]*$' }), { maxItems: 100 }),
    /** IANA; of the first PBX: there a grace ends on a working morning. */
    timezone: Type.String({ maxLength: 100, pattern: '^[\\w/:+-]*$' }),
    /** Of Ringflow. */
    version: Type.String({ maxLength: 50, pattern: '^[\\w.+-]*$' }),
    usage: Usage,
  },
  { additionalProperties: false },
);
export type LicenceRequest = Static<typeof LicenceRequest>;

/** Body of each request. */
export const SignedRequest = Type.Object(
  { request: Type.String({ maxLength: 20_000 }) },
  { additionalProperties: false },
);

/** What the server can't do, by `code` of its error. */
export const LicensingRefusal = Type.Enum([
  'request-invalid',
  /** The clocks differ too far. */
  'request-stale',
  'request-seen',
  'key-unknown',
  'key-revoked',
  /** Term and grace of what it was given for are over. */
  'key-over',
  'key-in-use',
  'trial-used',
  'no-account',
  /** It has to be activated first. */
  'installation-unknown',
  'too-many-requests',
]);
export type LicensingRefusal = Static<typeof LicensingRefusal>;

/** What becomes of the last talk with the server. */
export const LicensingTalk = Type.Object({
  atMs: Type.Integer(),
  /** null: it went well; `unreachable`, `untrusted` (certificate), `forged` (what it sent is not genuine), else its refusal. */
  failure: nullable(
    Type.Union([LicensingRefusal, Type.Enum(['unreachable', 'untrusted', 'forged', 'replayed', 'trouble'])]),
  ),
});
export type LicensingTalk = Static<typeof LicensingTalk>;
export type LicensingFailure = NonNullable<LicensingTalk['failure']>;
