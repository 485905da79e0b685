import { type Static, Type } from 'typebox';

const texts = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 5_000 });

/** Where a number of ours leads. */
export const DidTarget = Type.Object({
  kind: Type.Union([
    Type.Literal('extension'),
    Type.Literal('group'),
    Type.Literal('queue'),
    Type.Literal('ivr'),
    Type.Literal('other'),
  ]),
  /** Extension, number of the group or queue, name of the menu. */
  name: Type.String(),
});
export type DidTarget = Static<typeof DidTarget>;

/** A client's number as dialled or shown that begins so, and has that many digits, is read with another beginning. */
export const Rewriting = Type.Object(
  {
    /** Empty: any beginning. */
    begins: Type.String({ pattern: '^\\d*$', maxLength: 20 }),
    digits: Type.Optional(Type.Integer({ minimum: 1, maximum: 32 })),
    /** With `+` where what comes out is a whole number with its country code. */
    becomes: Type.String({ pattern: '^\\+?\\d*$', maxLength: 20 }),
  },
  { additionalProperties: false },
);
export type Rewriting = Static<typeof Rewriting>;

/** What Ringflow knows of a PBX beyond its rows. What is left empty is guessed from the rows and told as a guess. */
export const PbxDescription = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
  /** IANA zone of `eventtime` and `calldate`. */
  timezone: Type.String(),
  /** ISO country whose national numbers are dialled without a country code. */
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  /** Names of employees' phones; a name that is not listed is an extension if it fits the pattern. */
  extensions: texts,
  /** An endpoint whose name fits is an employee's phone. */
  extensionPattern: Type.String({ maxLength: 200 }),
  /** Beginnings of trunks' channel names, e.g. `PJSIP/mango-`. */
  trunkPrefixes: texts,
  /** Contexts into which trunks, and phones, bring calls; compared by their beginning. */
  inboundContexts: texts,
  internalContexts: texts,
  /** Digits dialled before an outside number, e.g. `9`. */
  outboundPrefixes: texts,
  /** Caller ids that the PBX shows outside: never a client's number. */
  ownCallerIds: texts,
  /** Number called from outside → where it leads. */
  dids: Type.Record(Type.String(), DidTarget),
  /** Ring groups and queues: number → extensions. */
  groups: Type.Record(Type.String(), texts),
  queues: Type.Record(Type.String(), texts),
  /** Beginnings of what is dialled to answer a colleague's phone, e.g. `*8`. */
  pickupCodes: texts,
  /** What a client is transferred to in order to be parked. */
  parkingExtensions: texts,
  /** Mobile phones that count as an extension: number or beginning (`79167770*`) → extension; see mobiles.ts. */
  mobiles: Type.Record(Type.String(), Type.String()),
  /** In order, the first that fits counts; absent in what earlier histories carry. */
  rewriting: Type.Optional(Type.Array(Rewriting, { maxItems: 50 })),
});
export type PbxDescription = Static<typeof PbxDescription>;
