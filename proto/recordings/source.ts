import { type Static, Type } from 'typebox';
import { amiForms } from '../ami.ts';
import { isLoopback } from '../amocrm-address.ts';
import { nullable } from '../nullable.ts';

const strict = { additionalProperties: false };

/** How what is given should look, with words for it. */
export const recordingsForms = {
  folder: { pattern: '^/[^\\x00-\\x1f\\x7f]{0,498}$', hint: 'a path such as /var/spool/asterisk/monitor' },
  host: amiForms.host,
  user: { pattern: '^[^\\x00-\\x20\\x7f:]{1,80}$', hint: 'a user name without spaces and colons' },
  /** As `ssh-keygen -l` writes it. */
  hostKey: { pattern: '^SHA256:[A-Za-z0-9+/]{43}$', hint: 'SHA256: and 43 characters, as ssh-keygen -l writes it' },
  url: { pattern: '^https?://[^\\s?#@\\x00-\\x1f\\x7f]{1,490}$', hint: 'https://pbx.example/recordings' },
  /** A password, or a private key of ssh with its line breaks. */
  secret: { pattern: '^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]{1,10000}$', hint: 'a password or a private key' },
} as const;

/**
 * How the PBX itself names the folder of its recordings; null: as Asterisk has it. A recording whose whole path the PBX
 * tells is found by it.
 */
const pbxFolder = nullable(Type.String(recordingsForms.folder));
export const usualPbxFolder = '/var/spool/asterisk/monitor';

/** Where the recordings of a PBX are; what is secret of it is kept apart. */
export const RecordingsSource = Type.Union([
  /** As the machines of worker and api see it. */
  Type.Object({ kind: Type.Literal('folder'), folder: Type.String(recordingsForms.folder), pbxFolder }, strict),
  Type.Object(
    {
      kind: Type.Literal('sftp'),
      host: Type.String(recordingsForms.host),
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
      user: Type.String(recordingsForms.user),
      folder: Type.String(recordingsForms.folder),
      /** By which the server is known; null: nobody has said it yet, and no secret is sent. */
      hostKey: nullable(Type.String(recordingsForms.hostKey)),
      pbxFolder,
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('http'),
      /** Of the folder. */
      url: Type.String(recordingsForms.url),
      /** Of basic authentication; null: nobody is asked who they are. */
      user: nullable(Type.String(recordingsForms.user)),
      pbxFolder,
    },
    strict,
  ),
]);
export type RecordingsSource = Static<typeof RecordingsSource>;
export type SourceOf<K extends RecordingsSource['kind']> = Extract<RecordingsSource, { kind: K }>;

/** With its secret, which leaves our database only for that place; locked: it can't be opened. */
export interface RecordingsAccess {
  source: RecordingsSource;
  secret: string | undefined | 'locked';
}

/** Whether one needs a secret there. */
export const needsSecret = (source: RecordingsSource): boolean =>
  source.kind === 'sftp' || (source.kind === 'http' && source.user !== null);

/** Whether a secret that was given for one place may be sent to the other. */
export function isSamePlace(one: RecordingsSource, other: RecordingsSource): boolean {
  if (one.kind === 'sftp' && other.kind === 'sftp') {
    const isKnown = one.hostKey === null || one.hostKey === other.hostKey;
    return one.host === other.host && one.port === other.port && one.user === other.user && isKnown;
  }
  if (one.kind !== 'http' || other.kind !== 'http') return false;
  return new URL(one.url).origin === new URL(other.url).origin && one.user === other.user;
}

/** Whether it can be used as it is written: an address that can be read, and no password over an open line. */
export function isUsableSource(source: RecordingsSource): boolean {
  if (source.kind !== 'http') return true;
  if (!URL.canParse(source.url)) return false;
  return source.url.startsWith('https:') || source.user === null || isLoopback(source.url);
}
