import { type Static, Type } from 'typebox';

/** What Ringflow knows of a PBX beyond its rows. */
export const PbxDescription = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
  /** IANA zone of `eventtime` and `calldate`. */
  timezone: Type.String(),
  /** ISO country whose national numbers are dialled without a country code. */
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  /** An endpoint whose name fits is an employee's phone; any other is a trunk. */
  extensionPattern: Type.String(),
  /** Digits dialled before an outside number, e.g. `9`. */
  outboundPrefixes: Type.Array(Type.String()),
});
export type PbxDescription = Static<typeof PbxDescription>;

/** FreePBX and plain Asterisk alike: phones are named by their extension of 2 to 6 digits, trunks by anything else. */
export function defaultPbx(id: string, timezone: string): PbxDescription {
  return { id, timezone, country: 'RU', extensionPattern: '^\\d{2,6}$', outboundPrefixes: [] };
}
