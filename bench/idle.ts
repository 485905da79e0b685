import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPlace, type TemporalKind } from './load/place.ts';
import { shares, usesOf } from './load/processes.ts';
import { report } from './load/report.ts';

/**
 * What an installation costs while nobody calls: share of one core, memory, open handles of each process.
 *
 * bin/bench idle [--seconds 60] [--temporal dev-server | postgres] [--pbxs 1] [--ami yes | no]
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    temporal: { type: 'string', default: 'dev-server' },
    pbxs: { type: 'string', default: '1' },
    /** Whether those beyond the first have one. */
    ami: { type: 'string', default: 'yes' },
  },
});
const seconds = Number(values.seconds);

const place = await openPlace({ temporal: values.temporal as TemporalKind });
try {
  await place.arrivals.one('in-direct-answered', (await place.arrivals.phones(1, 'known'))[0] as string);
  await place.arrivals.settled(1, 60_000);
  await place.addPbxs(Number(values.pbxs) - 1, values.ami === 'yes');
  await sleep(10_000); // what a start does once is over
  const before = usesOf(place.processes());
  await sleep(seconds * 1_000);
  const after = usesOf(place.processes());
  const cpu = shares(before, after, seconds);
  const rows = Object.entries(after).map(([process, { memoryMb, handles }]) => ({
    ...{ process, 'cpu %': cpu[process], 'memory, MB': memoryMb, handles },
  }));
  report(`${seconds} s without a call (Temporal: ${place.temporal}; PBXs: ${values.pbxs}, AMI: ${values.ami})`, rows);
} finally {
  await place.close();
}
