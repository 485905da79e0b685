import type { Backfill } from '../../activities/store/backfills.ts';
import type { BackfillCounts, BackfillOutcome } from '../../proto/backfill.ts';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';

const outcomes: Record<BackfillOutcome, string> = {
  ...{ registered: 'registered', left: 'stood there before', joined: 'part of another call', notSent: 'not sent' },
  ...{ unlicensed: 'not licensed', needsAttention: 'need attention', underWay: 'go on by themselves' },
  ...{ inHand: 'in hand', notTold: 'not told' },
};

/** How far it is, in a line. */
export function progressInWords({ state, share }: Backfill, { calls, ...counts }: BackfillCounts): string {
  const parts = (Object.keys(outcomes) as BackfillOutcome[])
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${outcomes[outcome]} ${counts[outcome]}`);
  return [`${state}, ${Math.floor(share * 100)} % read, calls: ${calls}`, ...parts].join(', ');
}

/** @param zone of its PBX */
export function chosenInWords({ choice }: Backfill, zone: string): string {
  if ('linkedids' in choice) return `${choice.linkedids.length} chosen calls`;
  const [from, to] = [choice.period.fromMs, choice.period.toMs].map((ms) => utcMsToPbxTime(ms, zone).slice(0, 16));
  return `${from} to ${to} (${zone})`;
}

export interface BackfillResult {
  counts: BackfillCounts;
  /** Linkedids of chosen calls that the PBX has not. */
  notFound: readonly string[];
}

/** All that there is to know of it. */
export function backfillInWords(backfill: Backfill, { counts, notFound }: BackfillResult, zone: string): string {
  const { id, pbxId, mode, askedBy, askedAtMs, endedAtMs, reason } = backfill;
  const scope = mode.scope === 'records' ? 'the calls alone' : 'all that the rules ask for';
  const others = mode.leaveOthers ? ', what another product has registered is left' : '';
  const ended = endedAtMs === null ? '' : `, ended ${moment(endedAtMs)}`;
  return [
    `${id}: calls of the PBX ${pbxId}, ${chosenInWords(backfill, zone)}`,
    `${scope}${others}`,
    `asked for by ${askedBy}, ${moment(askedAtMs)}${ended}`,
    progressInWords(backfill, counts),
    ...(notFound.length === 0
      ? []
      : [`not in the CEL table of the PBX ${pbxId}, check linkedids and PBX: ${notFound.join(' ')}`]),
    ...(reason === '' ? [] : [reason]),
    '',
  ].join('\n');
}

export const moment = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19)}Z`;
