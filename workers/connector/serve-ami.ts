import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AmiLink } from '../../activities/asterisk/ami/link.ts';
import { createPbxActivities } from '../../activities/asterisk/originate.ts';
import type { AmiStanding } from '../../proto/state/facts.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import type { CelWitness } from './cel-witness.ts';
import type { Pace } from './pace.ts';
import type { ServePbx } from './pbx-workers.ts';
import type { PbxAccess } from './readings.ts';
import type { ReadingReport } from './report.ts';

/** Who hears of what AMI tells. */
interface AmiHearers {
  report: Pick<ReadingReport, 'amiStands' | 'amiClock'>;
  witness: CelWitness;
  pace: Pace;
  logger: Logger;
}

const tryAgainMs = 2_000;

/** Keeps a link to the AMI of a PBX until `held` is aborted, and asks for work whenever it is up. */
export async function serveAmi(
  pbxId: string,
  ami: PbxAccess['ami'],
  serve: ServePbx,
  hearers: AmiHearers,
  held: AbortSignal,
): Promise<void> {
  const { report, logger } = hearers;
  if (ami === undefined) return report.amiStands(null);
  if (ami === 'locked')
    return report.amiStands({ state: 'down', sinceMs: Date.now(), kind: 'unreachable', code: 'LOCKED' });
  const link = new AmiLink(ami);
  tellHearers(link, hearers);
  const say = sayOnce((message) => logger.warn(message));
  while (!held.aborted) {
    if (link.standing.state !== 'up') await once(link, 'standing', { signal: held }).catch(() => undefined);
    if (held.aborted || link.standing.state !== 'up') continue;
    try {
      await serve(pbxId, createPbxActivities(link), AbortSignal.any([held, link.untilDown()]));
    } catch (error) {
      say(`Calls can't be placed, for Temporal can't be asked for work (${(error as Error).message}); trying again.`);
      await sleep(tryAgainMs, undefined, { signal: held }).catch(() => undefined);
    }
  }
  await link.close();
}

function tellHearers(link: AmiLink, { report, witness, pace, logger }: AmiHearers): void {
  const say = sayOnce((message) => logger.warn(message));
  const hear = (standing: AmiStanding): void => {
    report.amiStands(standing);
    pace.listens(standing.state === 'up');
    if (standing.state === 'up') {
      logger.info('AMI is there: calls can be placed');
      witness.listens(link.channels.all());
    } else witness.listensNoMore();
    if (standing.state === 'down') say(`AMI is away (${reasonOf(standing)}); trying again.`);
  };
  hear(link.standing);
  link.on('standing', hear);
  link.on('clock', report.amiClock);
  link.on('event', () => pace.stirs());
  link.on('channel', (channel) => witness.channelBegan(channel, Date.now()));
}

function reasonOf(standing: AmiStanding & { state: 'down' }): string {
  if (standing.kind === 'unreachable') return `unreachable: ${standing.code}`;
  return standing.kind === 'not-ami' ? `something else listens there: ${standing.said}` : standing.kind;
}
