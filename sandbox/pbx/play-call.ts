import { setTimeout as sleep } from 'node:timers/promises';
import type { FreshCall, FreshRow } from './fresh-call.ts';

/** Puts one row into its table; resolves when others can see it. */
export type WriteRow = (row: FreshRow) => Promise<void>;

export interface PlayOptions {
  /** How long the waits between rows are: 1 as recorded, 0.5 half of it, 0 none. Times in the rows stay as they are. */
  pace?: number;
  /** Stops in the midst of the call, as a PBX does that dies. */
  signal?: AbortSignal;
}

/**
 * Writes a call row by row, each when its time comes, counted from now. Rows keep their order even if writing is slow.
 *
 * With a pace below 1 let the call have started in the past, or its rows tell of the future.
 *
 * @throws AbortError when `signal` says stop, and whatever `write` throws
 */
export async function playCall(
  write: WriteRow,
  call: FreshCall,
  { pace = 1, signal }: PlayOptions = {},
): Promise<void> {
  const beganAtMs = performance.now();
  for (const row of call.rows) {
    const waitMs = beganAtMs + row.atMs * pace - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, signal && { signal });
    signal?.throwIfAborted();
    await write(row);
  }
}
