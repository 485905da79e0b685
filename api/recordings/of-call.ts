import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { NoSound } from '../../activities/recordings/index.ts';
import type { RecordingLink } from '../../activities/store/recording-links.ts';
import type { Call } from '../../proto/call.ts';
import type { Recording } from '../../proto/crm-action.ts';
import { isInNetworks } from '../../proto/network.ts';
import { nullable } from '../../proto/nullable.ts';
import { isGone } from '../../proto/recordings/settings.ts';
import { recordingUrl } from '../../runtime/recording-url.ts';
import { userOf } from '../access/access.ts';
import { ApiError, orWithoutKeys } from '../errors.ts';
import { callOf, callParams } from '../journal/visible.ts';
import { demandLicensed } from '../licence/demand.ts';
import { fileRoute, nothing, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { languageOf, words } from '../words.ts';
import { createListening, refusal } from './listening.ts';

const LinkAnswer = Type.Object({
  issuedAtMs: Type.Integer(),
  revokedAtMs: nullable(Type.Integer()),
  /** For administrators alone, while it serves. */
  url: nullable(Type.String()),
});

const RecordingAnswer = Type.Object({
  /** Why it can't be heard, and what to do; null: it can. */
  trouble: nullable(Type.Object({ message: Type.String(), whatToDo: Type.String() })),
  /** That stands in amoCRM, or was given out since; null: there never was one. */
  link: nullable(LinkAnswer),
  /** Newest first; null: viewers are not told. */
  listens: nullable(
    Type.Array(
      Type.Object({
        beganAtMs: Type.Integer(),
        address: Type.String(),
        /** Who had signed in; null: by the link. */
        login: nullable(Type.String()),
      }),
    ),
  ),
});

const path = '/api/accounts/:account/calls/:pbx/:linkedid/recording';

/** The recording of a call of the journal, for who is signed in. */
export function serveRecordingOfCall(app: Api, tools: ApiTools): void {
  const { recordings, recordingLinks, recordingListens, settingsStore, publicUrl } = tools;
  const listen = createListening(tools);
  const find = async (request: FastifyRequest) => {
    const params = request.params as { account: string; pbx: string; linkedid: string };
    return { accountId: params.account, call: (await callOf(request, params, tools)).call };
  };

  /** @returns undefined if it can be heard */
  const troubleOf = async (accountId: string, call: Call, address: string): Promise<ApiError | undefined> => {
    const recording = recordingOf(call);
    if (!recording) return new ApiError(404, 'recording-none');
    const { keepDays, networks } = (await settingsStore.latest(accountId))?.settings.recordings ?? {};
    if (isGone(keepDays, call.startedAtMs, Date.now())) return new ApiError(410, 'recording-gone');
    if (networks && !isInNetworks(address, networks)) return new ApiError(403, 'recording-other-network');
    try {
      await demandLicensed('play-recording', tools, call.pbxId);
      await recordings.look(recording);
    } catch (error) {
      if (error instanceof ApiError) return error;
      if (error instanceof NoSound) return refusal(error, isLate(call));
      throw error;
    }
  };
  const described = ({ token, issuedAtMs, revokedAtMs }: RecordingLink, isAdmin: boolean) => ({
    ...{ issuedAtMs, revokedAtMs },
    url: isAdmin && revokedAtMs === null ? recordingUrl(publicUrl, token) : null,
  });

  app.get(path, route('signed-in', 'readRecording', { params: callParams }, RecordingAnswer), async (request) => {
    const { accountId, call } = await find(request);
    const { role } = userOf(request);
    const trouble = await troubleOf(accountId, call, request.ip);
    const link = await recordingLinks.of(call.pbxId, call.linkedid).catch(() => undefined); // our key is missing
    return {
      trouble: trouble ? inWords(trouble, request) : null,
      link: link ? described(link, role === 'admin') : null,
      listens: role === 'viewer' ? null : await recordingListens.of(call.pbxId, call.linkedid),
    };
  });

  app.get(
    `${path}/sound`,
    fileRoute('signed-in', 'hearRecording', { params: callParams }, 'audio/mpeg'),
    async (request, reply) => {
      const { accountId, call } = await find(request);
      const recording = recordingOf(call);
      if (!recording) throw new ApiError(404, 'recording-none');
      const listener = { linkId: null, login: userOf(request).login };
      const issuedAtMs = Date.now(); // it is no link
      return listen(request, reply, { recording, accountId, listener, issuedAtMs, readyAtMs: endOf(call) });
    },
  );

  app.post(
    `${path}/link`,
    route(['admin'], 'renewRecordingLink', { params: callParams }, LinkAnswer),
    async (request) => {
      const recording = recordingOf((await find(request)).call);
      if (!recording) throw new ApiError(404, 'recording-none');
      await demandLicensed('play-recording', tools, recording.pbxId);
      return described(await orWithoutKeys(() => recordingLinks.renew(recording)), true);
    },
  );

  app.delete(
    `${path}/link`,
    route(['admin'], 'revokeRecordingLink', { params: callParams }, nothing),
    async (request, reply) => {
      const { call } = await find(request);
      await recordingLinks.revoke(call.pbxId, call.linkedid);
      return reply.status(204).send(null);
    },
  );
}

function recordingOf({ pbxId, linkedid, startedAtMs, recordingFile: file }: Call): Recording | undefined {
  return file === null ? undefined : { pbxId, linkedid, startedAtMs, file };
}

const endOf = ({ endedAtMs, startedAtMs }: Call): number => endedAtMs ?? startedAtMs;
const justEndedMs = 15 * 60_000;
const isLate = (call: Call): boolean => Date.now() < endOf(call) + justEndedMs;

function inWords({ code, told }: ApiError, request: FastifyRequest) {
  const language = languageOf(request.headers['accept-language']);
  const { title, text } = told?.(language) ?? words.errors[code][language];
  return { message: title, whatToDo: text };
}
