import type { CdrRow } from '../../../proto/cdr.ts';
import type { Context } from './cast.ts';
import type { Thread } from './threads.ts';

/**
 * The recording's file, as the PBX names it: from the call's rows of CDR, else from the arguments of `MixMonitor` that a
 * row kept, there with its path.
 */
export function recordingFile(thread: Thread, cdr: readonly CdrRow[]): string | null {
  const own = cdr.filter((row) => row.recordingFile !== '');
  const ofRoot = own.find((row) => row.uniqueid === thread.root.uniqueid) ?? own[0];
  return ofRoot?.recordingFile ?? mixMonitorFile(thread);
}

/** CDR rows of the call's channels. */
export function cdrOf(thread: Thread, cdr: readonly CdrRow[]): CdrRow[] {
  const uniqueids = new Set(thread.legs.map((leg) => leg.uniqueid));
  return cdr.filter((row) => uniqueids.has(row.uniqueid));
}

function mixMonitorFile({ legs }: Thread): string | null {
  const monitors = legs.flatMap((leg) => leg.apps).filter((app) => app.app === 'MixMonitor');
  return monitors[0]?.arguments.split(',')[0] || null;
}

/**
 * What FreePBX names a recording after: `exten-101-…`, `rg-600-…`, `q-400-…`, `out-89161234567-…`. Its dialplan
 * writes there what it decided, so it tells where the rows of applications are missing.
 */
export function recordingPrefix({ recording }: Context, kind: 'exten' | 'rg' | 'q' | 'out'): string | undefined {
  const [prefix, subject] = recording?.split('/').at(-1)?.split('-') ?? [];
  return prefix === kind ? subject : undefined;
}
