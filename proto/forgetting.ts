import { type Static, Type } from 'typebox';
import { phoneKey } from './phone.ts';

/** What Ringflow has of one person, found by a phone. */
export const FoundOfPerson = Type.Object({
  /** Calls with this client. */
  calls: Type.Integer(),
  /** Calls of others in which the number stands, as one to whom somebody was transferred. */
  mentions: Type.Integer(),
  lateRows: Type.Integer(),
  /** Rows of the ledger in which the number stands. */
  effects: Type.Integer(),
  isKnownClient: Type.Boolean(),
  /** Files on the PBX, which Ringflow does not delete; not more than a hundred. */
  recordings: Type.Array(Type.Object({ pbxId: Type.String(), file: Type.String() })),
  /** Number lists of the settings, by name: who put it there takes it out. */
  numberLists: Type.Array(Type.String()),
});
export type FoundOfPerson = Static<typeof FoundOfPerson>;

/** What was deleted; holds nothing by which the person could be found. */
export const Forgotten = Type.Object({
  calls: Type.Integer(),
  mentions: Type.Integer(),
  lateRows: Type.Integer(),
  effects: Type.Integer(),
  /** In Redis. */
  marks: Type.Integer(),
  /** Closed workflows whose histories were deleted. */
  histories: Type.Integer(),
  /** Workflows that go on; ask once more when they have closed. */
  running: Type.Array(Type.String()),
  /**
   * What amoCRM may be making just now, such as `contact` or `main:1795597200.17:create-task`: it is looked for by what is
   * written here, so that stays. Ask once more when it is settled.
   */
  unsettled: Type.Array(Type.String()),
});
export type Forgotten = Static<typeof Forgotten>;

/** Of a shorter number nobody knows whose it is. */
const fewestDigits = 10;

/** By what a person is looked for; undefined: the number is not whole. */
export function keyOfPerson(phone: string): string | undefined {
  const digits = phone.replace(/[\s().+-]/g, '');
  return /^\d{10,15}$/.test(digits) && digits.length >= fewestDigits ? phoneKey(digits) : undefined;
}
