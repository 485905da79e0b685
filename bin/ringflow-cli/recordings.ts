import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createRecordingLinks } from '../../activities/store/recording-links.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { readArguments } from './arguments.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { withStore } from './store.ts';

const usage =
  'ringflow recording: there is only revoke PBX LINKEDID, and revoke PBX --before YYYY-MM-DD for all calls before that day (UTC).';

/**
 * `ringflow recording revoke`: links to recordings serve no more.
 *
 * @throws BadInput that says what to do
 */
export async function manageRecordings(action: string, args: string[]): Promise<void> {
  const { positionals, values } = readArguments(args, ['before']);
  const [pbxId, linkedid, ...others] = positionals;
  const { before } = values;
  const isWhole = pbxId !== undefined && (linkedid === undefined) !== (before === undefined) && others.length === 0;
  if (action !== 'revoke' || !isWhole) throw new BadInput(usage);
  const beforeMs = before === undefined ? 0 : readDay(before);
  const { MYSQL_URL, RINGFLOW_SECRET_KEYS } = findEnvironment();
  if (!MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  await withStore(MYSQL_URL, async (pool) => {
    const links = createRecordingLinks(pool, createSecrets(pool, readKeyRing(RINGFLOW_SECRET_KEYS)));
    const count =
      linkedid === undefined ? await links.revokeBefore(pbxId, beforeMs) : Number(await links.revoke(pbxId, linkedid));
    if (count === 0)
      throw new BadInput(
        `There is no link to revoke: see the page of the call, or the PBX's name in bin/ringflow pbx list.`,
      );
    process.stderr.write(`Revoked: ${count}. A new link is given out on the page of a call.\n`);
  });
}

function readDay(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new BadInput(`--before has a wrong form: expected a day such as 2026-11-30.`);
  return ms;
}
