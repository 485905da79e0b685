import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NoSound, type Sound } from '../../activities/recordings/index.ts';
import type { Listener } from '../../activities/store/recording-listens.ts';
import type { Recording } from '../../proto/crm-action.ts';
import { isInNetworks } from '../../proto/network.ts';
import { isOver, type RecordingsSettings } from '../../proto/recordings/settings.ts';
import { ApiError } from '../errors.ts';
import { demandLicensed } from '../licence/demand.ts';
import type { ApiTools } from '../tools.ts';
import { sendSound } from './send-sound.ts';

/** Until then after its call a recording may come late: PBXs move and convert them. */
const lateMs = 15 * 60_000;
const waitForFileMs = 4_000;
/** A player gives up on whoever does not answer; what is being made meanwhile is there when it asks again. */
const answerWithinMs = 25_000;

export interface Listening {
  recording: Recording;
  accountId: string;
  listener: Omit<Listener, 'address'>;
  /** From when on one could listen. */
  readyAtMs: number;
  /** When the link was given out; the start of the call for who has signed in. */
  issuedAtMs: number;
}

/** Lets somebody listen to a call: by the settings of its account, and told to whoever asks later who did. */
export function createListening({ recordings, recordingListens, settingsStore, licenceOfPbx }: ApiTools) {
  return async (request: FastifyRequest, reply: FastifyReply, of: Listening): Promise<FastifyReply> => {
    const { recording, accountId, listener, readyAtMs } = of;
    request.about = { account: accountId, pbx: recording.pbxId, linkedid: recording.linkedid };
    await demandLicensed('play-recording', { licenceOfPbx }, recording.pbxId);
    const settings = (await settingsStore.latest(accountId))?.settings.recordings ?? {};
    demandAllowed(request.ip, settings, { ...recording, issuedAtMs: of.issuedAtMs });
    const isLate = Date.now() < readyAtMs + lateMs;
    const sound = recordings.soundOf(recording, isLate ? waitForFileMs : 0);
    const found = await Promise.race([
      sound.catch((error) => {
        throw error instanceof NoSound ? refusal(error, isLate, reply) : error;
      }),
      sleep(answerWithinMs, undefined, { ref: false }),
    ]);
    if (!found) throw again(reply, 20, 'recording-busy');
    if (request.method !== 'HEAD') await recordingListens.note(recording, { ...listener, address: request.ip });
    return sendOrSayWhy(request, reply, found);
  };
}

/** @throws ApiError */
function demandAllowed(
  address: string,
  settings: RecordingsSettings,
  times: { startedAtMs: number; issuedAtMs: number },
): void {
  const over = isOver(settings, times, Date.now());
  if (over) throw new ApiError(410, over === 'recording-gone' ? 'recording-gone' : 'recording-link-expired');
  const { networks } = settings;
  if (networks && !isInNetworks(address, networks)) throw new ApiError(403, 'recording-other-network');
}

async function sendOrSayWhy(request: FastifyRequest, reply: FastifyReply, sound: Sound): Promise<FastifyReply> {
  try {
    return await sendSound(request, reply, sound);
  } catch {
    throw again(reply, 10, 'recording-away'); // it went in this moment
  }
}

/** In words. @param isLate its call has just ended */
export function refusal({ trouble }: NoSound, isLate: boolean, reply?: FastifyReply): ApiError {
  switch (trouble) {
    case 'no-source':
      return new ApiError(404, 'recording-no-source');
    case 'source-away':
      return again(reply, 60, 'recording-away');
    case 'not-found':
      return isLate ? again(reply, 30, 'recording-not-yet') : new ApiError(404, 'recording-not-found');
    case 'empty':
      return new ApiError(404, 'recording-empty');
    case 'busy':
      return again(reply, 20, 'recording-busy');
    case 'no-program':
      return again(reply, 300, 'recording-no-converter');
    default:
      return new ApiError(404, 'recording-not-playable');
  }
}

function again(reply: FastifyReply | undefined, seconds: number, code: ApiError['code']): ApiError {
  reply?.header('retry-after', seconds);
  return new ApiError(503, code);
}
