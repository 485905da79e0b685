import { createWorkerVersions } from '../../runtime/worker-versions.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { withTemporal } from './temporal.ts';

const usage = 'ringflow worker-version: there is only `worker-version` and `worker-version set VERSION|none`.';

/** `ringflow worker-version [set VERSION|none]`. @throws BadInput that says what to do */
export async function manageWorkerVersion(args: readonly string[]): Promise<void> {
  const [verb, version, ...others] = args;
  if (others.length > 0 || (verb !== undefined && (verb !== 'set' || version === undefined))) throw new BadInput(usage);
  await withTemporal(findEnvironment(), 'Nothing was changed.', async (client) => {
    const versions = createWorkerVersions(client);
    if (version !== undefined) await set(versions, version);
    const { current, known } = await versions.standing();
    for (const one of known) process.stdout.write(`${one}\t${one === current ? 'has the work' : '-'}\n`);
    if (current === undefined) process.stdout.write('none\thas the work: workers without WORKER_VERSIONING=on\n');
  });
}

async function set(versions: ReturnType<typeof createWorkerVersions>, version: string): Promise<void> {
  const { current, known } = await versions.standing();
  const wanted = version === 'none' ? undefined : version;
  if (wanted === current) return;
  if (wanted !== undefined && !known.includes(wanted)) {
    const all = known.length > 0 ? known.join(', ') : 'none';
    throw new BadInput(`No worker of version ${version} has ever asked for work: start one first. Known: ${all}.`);
  }
  await versions.makeCurrent(wanted, { ignoreMissingTaskQueues: true });
}
