import type { Arrival } from './arrivals.ts';
import { countWrites, type Writes } from './database-writes.ts';
import type { Place } from './place.ts';
import { shares, type Use, usesOf } from './processes.ts';

/** What has been spent until now. */
export interface Spent {
  requests: number;
  writes: Writes;
  uses: Record<string, Use>;
}

export async function spentSoFar({ house, databaseOfTemporal, processes }: Place): Promise<Spent> {
  const { requestCount } = await house.amocrm.state();
  const writes = await countWrites(house.store.pool, databaseOfTemporal);
  return { requests: requestCount, writes, uses: usesOf(processes()) };
}

/** Of one call, by what was spent between the two; what Temporal keeps, of some of them. */
export async function costOfCall(place: Place, calls: readonly Arrival[], before: Spent, after: Spent) {
  const each = (value: number) => Math.round((value / calls.length) * 100) / 100;
  const written = (what: keyof Writes) => {
    const [was, is] = [before.writes[what], after.writes[what]];
    return was === null || is === null ? null : each(is - was);
  };
  const rowsOfPbx = calls.reduce((sum, { rows }) => sum + rows, 0); // they lie in the same server
  return {
    'requests/call': each(after.requests - before.requests),
    ...(await historyOfCall(place, calls)),
    'MySQL rows/call': each(after.writes.mysqlRows - before.writes.mysqlRows - rowsOfPbx),
    'Temporal rows/call': written('temporalRows'),
    'Temporal log, kB/call': written('temporalLogKb'),
    'Temporal syncs/call': written('temporalSyncs'),
    'MySQL log, kB/call': written('mysqlLogKb'), // with the PBX's tables
  };
}

/** Share of a core that each process took. */
export function processorUsed(before: Spent, uses: Record<string, Use>, seconds: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(shares(before.uses, uses, seconds)).map(([name, share]) => [`cpu % ${name}`, share]),
  );
}

async function historyOfCall({ house }: Place, calls: readonly Arrival[]) {
  const sample = calls.filter((_, index) => index % Math.ceil(calls.length / 40) === 0);
  const descriptions = await Promise.all(
    sample.map(({ linkedid }) => house.temporal.workflow.getHandle(`call:${house.pbxId}:${linkedid}`).describe()),
  );
  const mean = (of: (one: (typeof descriptions)[number]) => number) =>
    Math.round(descriptions.map(of).reduce((sum, one) => sum + one, 0) / descriptions.length);
  return { 'events/call': mean((one) => one.historyLength), 'bytes/call': mean((one) => one.historySize ?? 0) };
}
