import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Licence } from '../../activities/store/licence/licence.ts';
import type { LicenceRequests } from '../../activities/store/licence/request.ts';
import { licenceKeySecret, type Secrets } from '../../activities/store/secrets.ts';
import type { Standing } from '../../proto/licence/standing.ts';
import { reasonWords, remedyWords } from '../../proto/licence/words.ts';
import type { LicenceActor } from '../../runtime/licence-actors.ts';
import { sayOnce } from '../../runtime/say-once.ts';

interface LicenceParts {
  licence: Pick<Licence, 'now' | 'noteTime'>;
  licenceActor: Pick<LicenceActor, 'keep' | 'look'>;
  requests: Pick<LicenceRequests, 'hasConnectedAccount'>;
  secrets: Pick<Secrets, 'read'>;
}

/** How often it is looked whether a trial is due, the actor is kept, and the time is written down. */
export interface LicenceCare {
  lookEveryMs: number;
  keepEveryMs: number;
  noteTimeEveryMs: number;
}

/** A clock that was once ahead is set right by the next permit: it is not waited for until that is due. */
const setClockEveryMs = 60_000;

/**
 * The licence has its actor, whatever becomes of Temporal's data; a clock that is set back is noticed also if nobody asks;
 * and whoever connects the first account has a trial at once.
 */
export async function lookAfterLicence(
  { licence, licenceActor, requests, secrets }: LicenceParts,
  { lookEveryMs, keepEveryMs, noteTimeEveryMs }: LicenceCare,
  logger: Pick<Logger, 'warn'>,
  stopping: AbortSignal,
): Promise<void> {
  const say = sayOnce((message) => logger.warn(message));
  const telling = everyMs(Number.POSITIVE_INFINITY, async () => tellDoubt((await licence.now()).standing, logger));
  const noting = everyMs(noteTimeEveryMs, () => licence.noteTime());
  const keeping = everyMs(keepEveryMs, () => licenceActor.keep());
  const setting = everyMs(setClockEveryMs, () => licenceActor.look());
  let wasTrialDue = false;
  const beginTrial = async () => {
    const isDue = await isTrialDue({ licence, requests, secrets });
    if (isDue && !wasTrialDue) await licenceActor.look(); // what fails it tries again by itself
    wasTrialDue = isDue;
  };
  while (!stopping.aborted) {
    try {
      await telling();
      await noting(); // whatever becomes of Temporal
      await keeping();
      await beginTrial();
      if ((await licence.now()).clockBehindMs > 0) await setting();
    } catch (error) {
      say(`The licence can't be looked after (${(error as Error).message}): trying again.`);
    }
    await sleep(lookEveryMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function isTrialDue({ licence, requests, secrets }: Pick<LicenceParts, 'licence' | 'requests' | 'secrets'>) {
  const { permit } = await licence.now();
  if (permit || (await secrets.read(licenceKeySecret)) !== undefined) return false;
  return requests.hasConnectedAccount();
}

/** What only whoever has set up this machine can mend. */
function tellDoubt({ reason }: Pick<Standing, 'reason'>, logger: Pick<Logger, 'warn'>): void {
  if (reason === 'no-secret-keys' || reason === 'no-root-key' || reason === 'permit-unreadable')
    logger.warn(`${reasonWords.en[reason]} ${remedyWords.en[reason]}`);
}

/** Does it at most so often, and again at once after a failure. */
function everyMs(ms: number, work: () => Promise<void>): () => Promise<void> {
  let doneAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - doneAtMs < ms) return;
    await work();
    doneAtMs = performance.now();
  };
}
