import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { PermitError } from '../../activities/store/licence/genuine.ts';
import { licenceKeySecret } from '../../activities/store/secrets.ts';
import { allFeatures, Feature } from '../../proto/licence/feature.ts';
import { type PermitClaims, SignedPermit } from '../../proto/licence/permit.ts';
import { seatHolders } from '../../proto/licence/seats.ts';
import { Standing, StandingReason } from '../../proto/licence/standing.ts';
import { LicenceKey, LicensingTalk, SignedRequest, tidyLicenceKey } from '../../proto/licence/wire.ts';
import { nullable } from '../../proto/nullable.ts';
import { maySeeAccount, type User } from '../../proto/user.ts';
import { enterLicenceKey } from '../../runtime/enter-licence-key.ts';
import type { TalkOrder } from '../../workflows/licence/contract.ts';
import { userOf } from '../access/access.ts';
import { ApiError, orWithoutKeys } from '../errors.ts';
import { nothing, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { codeOfFailure } from './words.ts';

const SeatAnswer = Type.Object({
  accountId: Type.String(),
  userId: Type.Integer(),
  /** As amoCRM says; empty if it has not said. */
  name: Type.String(),
  extensions: Type.Array(Type.String()),
  hasSeat: Type.Boolean(),
});
const LicenceAnswer = Type.Object({
  /** Of this installation, as the licensing server knows it. */
  installation: Type.String(),
  standing: Standing,
  /** The last genuine permit; null: there was none yet. */
  permit: nullable(
    Type.Object({
      kind: Type.Enum(['trial', 'paid', 'free', 'restricted']),
      plan: Type.String(),
      customer: Type.String(),
      /** The last signs of the key; null: it came without one. */
      keyHint: nullable(Type.String()),
      paidUntilMs: nullable(Type.Integer()),
      isInvoicePending: Type.Boolean(),
      isOffline: Type.Boolean(),
      issuedAtMs: Type.Integer(),
      /** The licensing server hears of a copy of this machine too. */
      isTwin: Type.Boolean(),
    }),
  ),
  features: Type.Array(
    Type.Object({
      feature: Feature,
      isOn: Type.Boolean(),
      /** Why it is off; null: it is on, or the licence never had it. */
      reason: nullable(StandingReason),
    }),
  ),
  seats: Type.Object({
    count: Type.Integer(),
    used: Type.Integer(),
    /** Of accounts that may be seen. */
    people: Type.Array(SeatAnswer),
  }),
  /** null: nobody was asked yet. */
  talk: nullable(LicensingTalk),
  reachedAtMs: nullable(Type.Integer()),
  /** When the licensing server wants to be asked again; null: it is not asked. */
  nextCheckMs: nullable(Type.Integer()),
  /** This machine's clock is behind by so much; 0: it is not. */
  clockBehindMs: Type.Integer(),
  /** False: permits come as files alone. */
  hasServer: Type.Boolean(),
  /** False: no permit can be believed until LICENSING_ROOT_KEY is set. */
  hasRootKey: Type.Boolean(),
});

const TypedKey = Type.String({ minLength: 1, maxLength: 100 });

/** The licence of this installation: how it stands, and what an administrator does about it. */
export function serveLicence(app: Api, tools: ApiTools): void {
  const { licence, licenceActor, licenceRequests, secrets, licensing } = tools;

  const demandServer = () => {
    if (licensing.url === undefined) throw new ApiError(409, 'no-licensing-server');
  };
  /** @throws ApiError if it did not go well */
  const talk = async (order: TalkOrder): Promise<void> => {
    demandServer();
    demandWell(await licenceActor.talk(order));
  };

  app.get('/api/licence', route('signed-in', 'readLicence', {}, LicenceAnswer), (request) =>
    orWithoutKeys(() => tellLicence(tools, userOf(request))),
  );

  app.post(
    '/api/licence/key',
    route(['admin'], 'enterLicenceKey', { body: strictObject({ key: TypedKey }) }, LicenceAnswer),
    async (request) => {
      const key = readKey(request.body.key);
      demandServer();
      demandWell(await orWithoutKeys(() => enterLicenceKey(secrets, licenceActor, key)));
      return tellLicence(tools, userOf(request));
    },
  );

  app.post('/api/licence/check', route(['admin'], 'checkLicence', {}, LicenceAnswer), async (request) => {
    await talk('check');
    return tellLicence(tools, userOf(request));
  });

  app.post('/api/licence/release', route(['admin'], 'releaseLicence', {}, LicenceAnswer), async (request) => {
    await talk('release');
    return tellLicence(tools, userOf(request));
  });

  /** What is to be saved as a file and carried to the licensing server. */
  app.post(
    '/api/licence/request',
    route(
      ['admin'],
      'makeLicenceRequest',
      /** The key that was entered before if it is left out. */
      { body: strictObject({ key: Type.Optional(TypedKey) }) },
      SignedRequest,
    ),
    async (request) => {
      const typed = request.body.key;
      return orWithoutKeys(async () => {
        const key = typed === undefined ? await secrets.read(licenceKeySecret) : readKey(typed);
        if (key === undefined) throw new ApiError(409, 'no-licence-key');
        const { nowMs } = await licence.now();
        return { request: await licenceRequests.sign('offline', key, nowMs) };
      });
    },
  );

  app.post(
    '/api/licence/permit',
    route(['admin'], 'takePermit', { body: SignedPermit }, nothing),
    async (request, reply) => {
      await orWithoutKeys(() => licence.takeFile(request.body)).catch((error: unknown) => {
        throw error instanceof PermitError ? new ApiError(409, `permit-${error.code}`) : error;
      });
      await licenceActor.look().catch(() => undefined); // only what the Temporal UI shows comes later then
      return reply.status(204).send(null);
    },
  );
}

/** @throws ApiError if the talk did not go well */
function demandWell(came: LicensingTalk | null): void {
  if (came?.failure) throw new ApiError(409, codeOfFailure(came.failure));
}

function readKey(typed: string): string {
  const key = tidyLicenceKey(typed);
  if (!Value.Check(LicenceKey, key)) throw new ApiError(400, 'wrong-licence-key');
  return key;
}

async function tellLicence({ licence, identity, licensing, ...tools }: ApiTools, user: User) {
  const [{ id: installation }, now] = await Promise.all([identity(), licence.now()]);
  const { standing, permit, record, clockBehindMs } = now;
  const hasServer = licensing.url !== undefined;
  return {
    ...{ installation, standing, permit: permit ? permitAnswer(permit) : null },
    features: allFeatures.map((feature) => {
      const isOn = standing.features.includes(feature);
      return { feature, isOn, reason: isOn || standing.state !== 'restricted' ? null : standing.reason };
    }),
    seats: await tellSeats(tools, standing.seats, user),
    ...{ talk: record.talk, reachedAtMs: record.reachedAtMs, clockBehindMs: Math.round(clockBehindMs) },
    nextCheckMs: hasServer && permit && !permit.isOffline ? permit.nextCheck * 1000 : null,
    ...{ hasServer, hasRootKey: licensing.rootKey !== undefined },
  };
}

function permitAnswer(claims: PermitClaims) {
  const { kind, plan, customer, keyHint, paidUntil, isInvoicePending, isOffline, iat, isTwin = false } = claims;
  const paidUntilMs = paidUntil === null ? null : paidUntil * 1000;
  return { kind, plan, customer, keyHint, paidUntilMs, isInvoicePending, isOffline, issuedAtMs: iat * 1000, isTwin };
}

async function tellSeats(
  { accounts, seats, peopleOf }: Pick<ApiTools, 'accounts' | 'seats' | 'peopleOf'>,
  count: number,
  user: User,
) {
  const [demand, all] = await Promise.all([seats(), accounts.list()]);
  const holders = seatHolders(demand.users, demand.named, count);
  const people = await Promise.all(
    all
      .filter(({ id }) => maySeeAccount(user, id))
      .map(async ({ id: accountId }) => {
        const { employees, names } = await peopleOf(accountId);
        const users = demand.users.filter((one) => Object.values(employees).includes(one));
        return users.map((userId) => ({
          ...{ accountId, userId, name: names.get(userId) ?? '' },
          extensions: Object.keys(employees).filter((extension) => employees[extension] === userId),
          hasSeat: holders.includes(userId),
        }));
      }),
  );
  return { count, used: demand.users.length, people: people.flat() };
}
