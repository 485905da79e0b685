import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { SecretKeyError } from '../../activities/store/key-ring.ts';
import { type KnownPbxs, type Pbx, UnknownPbx } from '../../activities/store/pbxs.ts';
import type { AmiAccess } from '../../proto/ami.ts';
import { amiAccessOf } from '../../runtime/ami-access.ts';
import type { About } from '../../runtime/monitoring/logger.ts';
import { onceForEach } from '../../runtime/once-for-each.ts';
import { sayOnce } from '../../runtime/say-once.ts';

/** Reads one PBX until `stopping` is aborted, whatever trouble it has meanwhile. @param pbxsRead how many are read now */
export type ReadPbx = (
  pbx: Pbx,
  access: PbxAccess,
  logger: Logger,
  stopping: AbortSignal,
  pbxsRead: () => number,
) => Promise<void>;

/** How one gets to a PBX. */
export interface PbxAccess {
  databaseUrl: string;
  /** undefined: nothing was said of its AMI; locked: its secret can't be opened. */
  ami: AmiAccess | undefined | 'locked';
}

interface Reading {
  /** What it reads, to see whether that has changed. */
  as: string;
  /** With this nothing of it has changed. */
  mark: string | undefined;
  stop: AbortController;
  ended: Promise<void>;
}

/**
 * Reads all PBXs side by side: one that is added is taken up, one that is removed is let go, one that has changed is read
 * anew. None waits for another, and their log lines say which PBX they are about.
 *
 * @param lookEveryMs how often it looks for what has changed
 */
export async function readAll(
  pbxs: Pick<KnownPbxs, 'list' | 'marks' | 'databaseUrl' | 'surroundings' | 'amiSecret'>,
  read: ReadPbx,
  lookEveryMs: number,
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  const readings = new Map<string, Reading>();
  const loggerOf = onceForEach((pbxId) => logger.child({ pbx: pbxId } satisfies About));
  const warningOf = onceForEach((pbxId) => sayOnce((message) => loggerOf(pbxId).warn(message)));
  const warn = sayOnce((message) => logger.warn(message));

  const begin = (pbx: Pbx, access: PbxAccess, { as, mark }: Pick<Reading, 'as' | 'mark'>) => {
    const stop = new AbortController();
    const ownLogger = loggerOf(pbx.id).child({ account: pbx.accountId } satisfies About);
    const ended = read(pbx, access, ownLogger, AbortSignal.any([stopping, stop.signal]), () => readings.size)
      .catch((error: Error) => loggerOf(pbx.id).error(`Reading ended (${error.message}); beginning anew.`))
      .finally(() => readings.delete(pbx.id));
    readings.set(pbx.id, { as, mark, stop, ended });
  };

  const lookAt = async (pbx: Pbx, mark: string | undefined): Promise<void> => {
    const known = readings.get(pbx.id);
    if (known !== undefined && known.mark === mark) return;
    const access = { databaseUrl: await pbxs.databaseUrl(pbx.id), ami: await amiAccessOf(pbxs, pbx.id) };
    const as = JSON.stringify([access, pbx.celTable, pbx.timezone]);
    const reading = readings.get(pbx.id);
    if (stopping.aborted) return;
    if (!reading) begin(pbx, access, { as, mark });
    else if (reading.as === as) reading.mark = mark;
    else reading.stop.abort(); // the next look begins it anew
  };

  const look = async (): Promise<void> => {
    const marks = await pbxs.marks(); // before what they stand for: what changes meanwhile is looked at once more
    const wanted = await pbxs.list();
    for (const [id, { stop }] of readings) {
      if (stop.signal.aborted || wanted.some((pbx) => pbx.id === id)) continue;
      loggerOf(id).info('this PBX was removed: it is let go');
      stop.abort();
    }
    for (const pbx of wanted) {
      await lookAt(pbx, marks.get(pbx.id)).catch((error) => {
        if (!(error instanceof SecretKeyError || error instanceof UnknownPbx)) throw error;
        warningOf(pbx.id)(error.message);
      });
    }
  };

  while (!stopping.aborted) {
    await look().catch(({ code, message }: Error & { code?: string }) =>
      warn(`Which PBXs there are can't be read (${code ?? message}): check MYSQL_URL; reading goes on.`),
    );
    await sleep(lookEveryMs, undefined, { signal: stopping }).catch(() => undefined);
  }
  await Promise.all([...readings.values()].map(({ ended }) => ended));
}
