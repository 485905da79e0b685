import { Value } from 'typebox/value';
import { BackfillChoice } from '../../proto/backfill.ts';
import { pbxTimeToUtcMs } from '../../proto/pbx-time.ts';
import { BadInput } from './bad-input.ts';

export interface AskedCalls {
  from: string | undefined;
  to: string | undefined;
  linkedids: string[];
}

/**
 * Which calls are meant.
 *
 * @param zone of the PBX, in which times without an offset are read
 * @throws BadInput
 */
export function readChoice({ from, to, linkedids }: AskedCalls, zone: string): BackfillChoice {
  if (linkedids.length > 0) {
    if (from !== undefined || to !== undefined) throw new BadInput('Name either a period or calls, not both.');
    const choice: BackfillChoice = { linkedids: [...new Set(linkedids)] };
    if (Value.Check(BackfillChoice, choice)) return choice;
    throw new BadInput('--call takes the linkedids of up to 1000 calls, such as 1795597200.17.');
  }
  if (from === undefined || to === undefined) {
    throw new BadInput('Say which calls: a period by --from and --to, or single ones by --call.');
  }
  return { period: { fromMs: momentOf('--from', from, zone), toMs: momentOf('--to', to, zone, true) } };
}

const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(Z|[+-]\d\d:\d\d)?)?$/;
const dayMs = 86_400_000;

/** @param isEnd a day alone is meant to its end. @returns ms UTC. @throws BadInput */
function momentOf(option: string, text: string, zone: string, isEnd = false): number {
  const [, day = '', time, offset] = form.exec(text) ?? [];
  const wall = `${time === undefined && isEnd ? dayAfter(day) : day} ${time ?? '00:00'}:00`;
  const readIn = offset === undefined ? zone : 'UTC';
  const atMs = dayAfter(day) === '' ? undefined : pbxTimeToUtcMs(wall, readIn);
  const aheadMs = offset === undefined ? 0 : aheadOf(offset);
  if (atMs === undefined || aheadMs === undefined) {
    throw new BadInput(
      `${option} has a wrong form: expected a day or a time by the clock of the PBX (${zone}), such as 2026-11-30 or 2026-11-30T09:15, or one with an offset, such as 2026-11-30T09:15+03:00.`,
    );
  }
  return atMs - aheadMs;
}

/** Empty if the day is none. */
function dayAfter(day: string): string {
  const ms = pbxTimeToUtcMs(`${day} 00:00:00`, 'UTC');
  return ms === undefined ? '' : new Date(ms + dayMs).toISOString().slice(0, 10);
}

/** Of UTC, in ms. */
function aheadOf(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
