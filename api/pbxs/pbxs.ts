import { Type } from 'typebox';
import { ForeignPbx } from '../../activities/store/pbxs.ts';
import { AmiAddress } from '../../proto/ami.ts';
import { defaultExtensionPattern } from '../../proto/default-pbx.ts';
import { PbxFinding } from '../../proto/pbx-check.ts';
import { databasePlaceOf, placeInWords } from '../../proto/pbx-database-url.ts';
import { isTimeZone } from '../../proto/pbx-time.ts';
import { RecordingsSource } from '../../proto/recordings/source.ts';
import { forms } from '../../runtime/configuration/environment.ts';
import { ApiError, orWithoutKeys } from '../errors.ts';
import { pbxsOf } from '../journal/visible.ts';
import { demandLicensed } from '../licence/demand.ts';
import { nothing, ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { ofPbx, ownPbx, pbxId } from './own-pbx.ts';

const description = {
  celTable: Type.String({ pattern: forms.tableName.pattern }),
  cdrTable: Type.String({ pattern: forms.tableName.pattern }),
  timezone: Type.String({ minLength: 1, maxLength: 64 }),
};
const databaseUrl = Type.String({ pattern: '^mysql://[^/\\s]+/[^/?\\s]+$', maxLength: 500 });
const PbxAnswer = Type.Object({
  id: Type.String(),
  ...description,
  /** Where its database is, without user and password; null if its secret can't be opened, or is no address. */
  place: Type.Union([Type.String(), Type.Null()]),
  /** It is that of the environment, which says itself what it is. */
  isOfEnvironment: Type.Boolean(),
  /** Its manager interface, without the secret; null: Ringflow does without. */
  ami: Type.Union([AmiAddress, Type.Null()]),
  recordings: Type.Union([RecordingsSource, Type.Null()]),
  /** It is one more than the licence has: its calls stay in the journal. */
  isBeyondLicence: Type.Boolean(),
});

/** The PBXs of an account: what is read, and whether they are set up as Ringflow needs them. */
export function servePbxs(app: Api, tools: ApiTools): void {
  const { pbxs, pbxStore, settingsStore, accountActors, ownPbxId } = tools;
  const demandChangeable = (id: string) => {
    if (id === ownPbxId) throw new ApiError(409, 'pbx-of-environment');
  };
  const demandZone = (timezone: string) => {
    if (!isTimeZone(timezone)) throw new ApiError(400, 'wrong-request', [`timezone: ${timezone} is no time zone`]);
  };
  const demandAddress = (url: string) => {
    if (!databasePlaceOf(url)) throw new ApiError(400, 'wrong-database-url');
  };
  const demandSole = async (id: string, celTable: string, url: string) => {
    const twin = await pbxStore.twinOf({ id, celTable }, url);
    if (twin) throw new ApiError(409, 'pbx-twin', [twin]);
  };

  app.get(
    '/api/accounts/:account/pbxs',
    route('signed-in', 'listPbxs', { params: ofAccount }, Type.Array(PbxAnswer)),
    async (request) => {
      const { account } = request.params;
      const own = await pbxsOf(account, { pbxs });
      return Promise.all(
        own.map(async ({ id, celTable, cdrTable, timezone }) => ({
          ...{ id, celTable, cdrTable, timezone, isOfEnvironment: id === ownPbxId },
          place: await pbxs.databaseUrl(id).then(placeInWords, () => null),
          ...(await pbxs.surroundings(id)),
          isBeyondLicence: (await tools.licenceOfPbx(id)).isPbxBeyond,
        })),
      );
    },
  );

  app.post(
    '/api/accounts/:account/pbxs',
    route(
      ['admin'],
      'addPbx',
      { params: ofAccount, body: strictObject({ id: pbxId, databaseUrl, ...description }) },
      nothing,
    ),
    async (request, reply) => {
      const { account } = request.params;
      const { databaseUrl: url, ...pbx } = request.body;
      demandZone(pbx.timezone);
      demandChangeable(pbx.id);
      demandAddress(url);
      if ((await pbxs.list()).length > 0) await demandLicensed('further-pbx', tools);
      await orWithoutKeys(async () => {
        await demandSole(pbx.id, pbx.celTable, url);
        const isAdded = await pbxStore.add({ ...pbx, accountId: account }, url).catch(falseIfForeign);
        if (!isAdded) throw new ApiError(409, 'pbx-taken');
      });
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/accounts/:account/pbxs/:pbx',
    route(
      ['admin'],
      'changePbx',
      { params: ofPbx, body: strictObject({ ...description, databaseUrl: Type.Optional(databaseUrl) }) },
      nothing,
    ),
    async (request, reply) => {
      const { account, pbx: id } = request.params;
      await ownPbx(request.params, { pbxs });
      const { databaseUrl: url, ...changes } = request.body;
      demandZone(changes.timezone);
      demandChangeable(id);
      await orWithoutKeys(async () => {
        const address = url ?? (await pbxs.databaseUrl(id));
        demandAddress(address);
        await demandSole(id, changes.celTable, address);
        await pbxStore.put({ id, accountId: account, ...changes }, address);
      });
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/api/accounts/:account/pbxs/:pbx',
    route(['admin'], 'removePbx', { params: ofPbx }, nothing),
    async (request, reply) => {
      const { id } = await ownPbx(request.params, { pbxs });
      demandChangeable(id);
      await pbxStore.remove(id);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/accounts/:account/pbxs/:pbx/check',
    route(['admin'], 'checkPbx', { params: ofPbx }, Type.Array(PbxFinding)),
    async (request) => {
      const { account, pbx: id } = request.params;
      await ownPbx(request.params, { pbxs });
      const described = (await settingsStore.latest(account))?.settings.pbxs[id];
      return accountActors.checkPbx(account, id, described?.extensionPattern ?? defaultExtensionPattern);
    },
  );
}

function falseIfForeign(error: unknown): false {
  if (error instanceof ForeignPbx) return false;
  throw error;
}
