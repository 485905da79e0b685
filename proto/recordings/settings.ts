import { type Static, Type } from 'typebox';
import { isNetwork } from '../network.ts';

/** What holds for the recordings of an account's calls. */
export const RecordingsSettings = Type.Object(
  {
    /** False: calls get no link to their recording; those that stand in amoCRM are valid all the same. */
    links: Type.Optional(Type.Boolean()),
    /** A link is valid for so many days; left out: as long as there is a recording. */
    linkDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
    /** So many days after its call nobody hears a recording any more; left out: as long as the PBX has it. */
    keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
    /** Addresses and networks from which one may listen, such as 10.0.0.0/8; left out: from everywhere. */
    networks: Type.Optional(Type.Array(Type.String({ maxLength: 50 }), { minItems: 1, maxItems: 100 })),
  },
  { additionalProperties: false },
);
export type RecordingsSettings = Static<typeof RecordingsSettings>;

export function faultsOfRecordings({ networks = [] }: RecordingsSettings = {}): string[] {
  return networks.flatMap((network, index) =>
    isNetwork(network) ? [] : [`/recordings/networks/${index}: ${network} is no network, such as 192.168.1.0/24`],
  );
}

const dayMs = 86_400_000;

/** Why a recording is heard no more, or not by this link; undefined: it is. */
export function isOver(
  { linkDays, keepDays }: RecordingsSettings,
  { startedAtMs, issuedAtMs }: { startedAtMs: number; issuedAtMs: number },
  nowMs: number,
): 'recording-gone' | 'link-expired' | undefined {
  if (isGone(keepDays, startedAtMs, nowMs)) return 'recording-gone';
  return linkDays !== undefined && nowMs > issuedAtMs + linkDays * dayMs ? 'link-expired' : undefined;
}

export const isGone = (keepDays: number | undefined, startedAtMs: number, nowMs: number): boolean =>
  keepDays !== undefined && nowMs > startedAtMs + keepDays * dayMs;
