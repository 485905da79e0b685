import { Type } from 'typebox';
import { AmiAddress, AmiSecret } from '../../proto/ami.ts';
import {
  isSamePlace,
  isUsableSource,
  needsSecret,
  RecordingsSource,
  recordingsForms,
} from '../../proto/recordings/source.ts';
import { ApiError, orWithoutKeys } from '../errors.ts';
import { nothing, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { ofPbx, ownPbx } from './own-pbx.ts';

const Ami = strictObject({
  ...AmiAddress.properties,
  /** Left out: the one that is kept, for the same place and user. */
  secret: Type.Optional(AmiSecret),
});
const Recordings = strictObject({
  /** null: nobody can say where they are. */
  source: Type.Union([RecordingsSource, Type.Null()]),
  /** Left out: the one that is kept, for the same place and user. */
  secret: Type.Optional(Type.String(recordingsForms.secret)),
});

/** What there is of a PBX beside its tables: its manager interface and its recordings. */
export function serveSurroundings(app: Api, { pbxs, pbxStore }: ApiTools): void {
  app.put(
    '/api/accounts/:account/pbxs/:pbx/ami',
    route(['admin'], 'setAmi', { params: ofPbx, body: Ami }, nothing),
    async (request, reply) => {
      const { id } = await ownPbx(request.params, { pbxs });
      const { secret: given, ...address } = request.body;
      await orWithoutKeys(async () => {
        const secret = given ?? (await keptSecret(id, address));
        if (secret === undefined) throw new ApiError(400, 'ami-secret-needed');
        if (!(await pbxStore.setAmi(id, { ...address, secret }))) throw new ApiError(409, 'no-secret-keys');
      });
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/api/accounts/:account/pbxs/:pbx/ami',
    route(['admin'], 'removeAmi', { params: ofPbx }, nothing),
    async (request, reply) => {
      const { id } = await ownPbx(request.params, { pbxs });
      if (!(await pbxStore.setAmi(id, null))) throw new ApiError(409, 'no-secret-keys');
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/accounts/:account/pbxs/:pbx/recordings',
    route(['admin'], 'setRecordings', { params: ofPbx, body: Recordings }, nothing),
    async (request, reply) => {
      const { id } = await ownPbx(request.params, { pbxs });
      const { source, secret: given } = request.body;
      if (source && !isUsableSource(source)) throw new ApiError(400, 'wrong-recordings-url');
      await orWithoutKeys(async () => {
        const secret = source && needsSecret(source) ? (given ?? (await keptRecordingsSecret(id, source))) : undefined;
        if (source && needsSecret(source) && secret === undefined) throw new ApiError(400, 'recordings-secret-needed');
        if (!(await pbxStore.setRecordings(id, source, secret))) throw new ApiError(409, 'no-secret-keys');
      });
      return reply.status(204).send(null);
    },
  );

  /** A secret that was given for one place is not sent to another. */
  async function keptSecret(id: string, wanted: AmiAddress): Promise<string | undefined> {
    const { ami } = await pbxs.surroundings(id);
    const isSame = ami?.host === wanted.host && ami.port === wanted.port && ami.user === wanted.user;
    return isSame ? pbxs.amiSecret(id) : undefined;
  }

  async function keptRecordingsSecret(id: string, wanted: RecordingsSource): Promise<string | undefined> {
    const { recordings } = await pbxs.surroundings(id);
    return recordings && isSamePlace(recordings, wanted) ? pbxs.recordingsSecret(id) : undefined;
  }
}
