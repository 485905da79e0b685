import { PbxDatabaseError } from '../../activities/asterisk/pbx-database.ts';
import type { Readings } from '../../activities/store/readings.ts';
import type { AmiStanding, Reading } from '../../proto/state/facts.ts';

const tellEveryMs = 2_000;

/** Tells the others how the reading of one PBX goes, all the time. */
export interface ReadingReport {
  /** Reading begins. @param lastRowAtMs when the newest row came that is known from before */
  begun(lastRowAtMs: number | null): void;
  /** The table was read, and what it held was delivered. @param coveredUntilMs all rows of before that are delivered */
  looked(coveredUntilMs: number): void;
  rowsCame(): void;
  failed(error: unknown): void;
  /** @param standing null: nobody has said where AMI is */
  amiStands(standing: AmiStanding | null): void;
  /** @param aheadMs by so much the PBX's clock is ahead of ours; less than a second more or less is no news */
  amiClock(aheadMs: number): void;
  celMissing(sinceMs: number | null): void;
  clockBehind(behindMs: number | null): void;
  /** The database of the PBX can't be read now. */
  isInTrouble(): boolean;
  /** As it is told; undefined: it is not ours. */
  standing(): Readonly<Reading> | undefined;
  /** Another connector reads it, and tells of it. */
  leftToAnother(): void;
  close(): void;
}

export function createReadingReport(readings: Readings, pbxId: string): ReadingReport {
  let isOurs = false;
  const reading: Reading = { toldAtMs: 0, lookedAtMs: null, lastRowAtMs: null, trouble: null };
  const tell = async (): Promise<void> => {
    if (isOurs) await readings.tell(pbxId, { ...reading, toldAtMs: Date.now() }).catch(() => undefined); // soon again
  };
  const timer = setInterval(tell, tellEveryMs);
  /** What has just changed is not for later. */
  const change = (changes: Partial<Reading>, isNews: boolean): void => {
    Object.assign(reading, changes);
    if (!isNews && isOurs) return;
    isOurs = true;
    void tell();
  };
  /** Goes with what is told of the reading; of itself it does not say that we read. */
  const add = (changes: Partial<Reading>): void => {
    Object.assign(reading, changes);
    void tell();
  };
  return {
    begun(lastRowAtMs) {
      const knownAtMs = Math.max(lastRowAtMs ?? 0, reading.lastRowAtMs ?? 0);
      reading.lastRowAtMs = knownAtMs > 0 ? Math.min(knownAtMs, Date.now()) : null;
    },
    looked: (coveredUntilMs) =>
      change({ lookedAtMs: Date.now(), coveredUntilMs, trouble: null }, reading.trouble !== null),
    rowsCame: () => change({ lastRowAtMs: Date.now() }, false),
    failed(error) {
      const isOfPbx = error instanceof PbxDatabaseError;
      const sinceMs = reading.trouble?.sinceMs ?? Date.now();
      const trouble = { of: isOfPbx ? 'database' : 'other', code: isOfPbx ? error.code : '', sinceMs } as const;
      change({ trouble }, true);
    },
    amiStands: (ami) => add({ ami }),
    amiClock(amiClockAheadMs) {
      if (Math.abs(amiClockAheadMs - (reading.amiClockAheadMs ?? Number.POSITIVE_INFINITY)) < 1_000) return;
      add({ amiClockAheadMs });
    },
    celMissing: (celMissingSinceMs) => add({ celMissingSinceMs }),
    clockBehind: (clockBehindMs) => add({ clockBehindMs }),
    isInTrouble: () => reading.trouble?.of === 'database',
    standing: () => (isOurs ? reading : undefined),
    leftToAnother() {
      isOurs = false;
    },
    close: () => clearInterval(timer),
  };
}
