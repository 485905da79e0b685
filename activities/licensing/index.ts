import type { PermitClaims, SignedPermit } from '../../proto/licence/permit.ts';
import type { Standing } from '../../proto/licence/standing.ts';
import type { LicensingFailure, LicensingTalk } from '../../proto/licence/wire.ts';
import { PermitError } from '../store/licence/genuine.ts';
import type { Licence } from '../store/licence/licence.ts';
import type { LicenceRecords } from '../store/licence/record.ts';
import type { LicenceRequests } from '../store/licence/request.ts';
import { enteredKeySecret, licenceKeySecret, type Secrets } from '../store/secrets.ts';
import { type LicensingClient, LicensingError } from './client.ts';

/** How it came out, for the actor: nothing secret, since its history is read by people. */
export interface LicenceLook {
  /** null: nobody was asked. */
  talk: LicensingTalk | null;
  standing: Omit<Standing, 'features'>;
  plan: string | null;
  /** By the server's own word, after so long from now it wants to be asked again; null: it is not asked by itself. */
  nextCheckInMs: number | null;
}

export interface LicensingTools {
  /** undefined: there is no server to ask. */
  client: LicensingClient | undefined;
  licence: Licence;
  records: LicenceRecords;
  requests: LicenceRequests;
  secrets: Secrets;
}

export type LicensingActivities = ReturnType<typeof createLicensingActivities>;

/** One talk at a time is for the actor to see to; a repetition does no harm. */
export function createLicensingActivities(tools: LicensingTools) {
  const { client, licence, records, secrets } = tools;

  /** @param ask undefined: there is nothing to ask for */
  const talkBy = async (ask: (() => Promise<void>) | undefined): Promise<LicenceLook> => {
    await licence.noteTime();
    if (!ask) return look(tools, null);
    const failure = await failureOf(ask);
    const talk = { atMs: Date.now(), failure };
    await records.noteTalk(talk);
    return look(tools, talk);
  };

  return {
    /** Takes up a key that was entered, begins a trial, or asks how the licence stands: what is due. */
    async checkLicence(): Promise<LicenceLook> {
      return talkBy(client && (await whatIsDue(tools, client)));
    },

    /** Gives the key back, so that another installation may use it. */
    async releaseLicence(): Promise<LicenceLook> {
      return talkBy(
        client &&
          (async () => {
            await licence.take(await client.ask('/v1/release', await tools.requests.sign('release')));
            await secrets.forget(licenceKeySecret);
          }),
      );
    },
  };
}

async function whatIsDue(
  { licence, requests, secrets }: LicensingTools,
  client: LicensingClient,
): Promise<(() => Promise<void>) | undefined> {
  const activate = (key: string) =>
    requests.sign('activate', key).then((request) => client.ask('/v1/activate', request));
  const entered = await secrets.read(enteredKeySecret);
  if (entered !== undefined) return () => takeUp(entered, activate, { licence, secrets });
  const [{ permit }, key] = await Promise.all([licence.now(), secrets.read(licenceKeySecret)]);
  if (permit?.isOffline) return undefined;
  const beginTrial = () => requests.sign('trial').then((request) => client.ask('/v1/trial', request));
  if (permit || key !== undefined) {
    const check = () => requests.sign('check').then((request) => client.ask('/v1/check', request));
    const hadTrial = permit?.kind === 'trial';
    const askAnew = key !== undefined ? () => activate(key) : hadTrial ? beginTrial : undefined;
    const isLost = (claims: PermitClaims) => hasForgotten(claims, key !== undefined);
    return async () => void (await licence.take(await checked(check, askAnew, isLost, licence)));
  }
  if (!(await requests.hasConnectedAccount())) return undefined;
  return async () => void (await licence.take(await beginTrial()));
}

/**
 * How the licence stands, by a server that may have been set up anew or from an older copy: it is asked anew for what it
 * does not know any more.
 *
 * @param askAnew undefined: there is nothing that it could have forgotten
 */
async function checked(
  check: () => Promise<SignedPermit>,
  askAnew: (() => Promise<SignedPermit>) | undefined,
  isLost: (claims: PermitClaims) => boolean,
  licence: Licence,
): Promise<SignedPermit> {
  try {
    const answer = await check();
    return askAnew && isLost(await licence.verify(answer)) ? await askAnew() : answer;
  } catch (error) {
    const isUnknown = error instanceof LicensingError && error.failure === 'installation-unknown';
    if (!isUnknown || !askAnew) throw error;
    return askAnew();
  }
}

const hasForgotten = ({ kind, reason }: PermitClaims, hasKey: boolean): boolean =>
  kind === 'restricted' && (reason === 'no-licence' || (hasKey && reason === 'trial-over'));

/** A key that the server does not take is forgotten, and the one before it stays. */
async function takeUp(
  key: string,
  activate: (key: string) => Promise<SignedPermit>,
  { licence, secrets }: Pick<LicensingTools, 'licence' | 'secrets'>,
): Promise<void> {
  try {
    await licence.take(await activate(key));
  } catch (error) {
    const isRefused = error instanceof LicensingError && ofKey.has(error.failure);
    if (isRefused) await secrets.forgetOnly(enteredKeySecret, key);
    throw error;
  }
  await secrets.write(licenceKeySecret, key);
  await secrets.forgetOnly(enteredKeySecret, key); // another may have been entered meanwhile
}

const ofKey: ReadonlySet<LicensingFailure> = new Set([
  ...(['key-unknown', 'key-revoked', 'key-over', 'key-in-use', 'request-invalid'] as const),
]);

async function failureOf(ask: () => Promise<void>): Promise<LicensingFailure | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (error instanceof LicensingError) return error.failure;
    if (error instanceof PermitError) return error.code === 'replayed' ? 'replayed' : 'forged';
    throw error;
  }
}

async function look({ client, licence }: LicensingTools, talk: LicensingTalk | null): Promise<LicenceLook> {
  const { standing, permit, record } = await licence.now();
  const { features: _, ...told } = standing;
  const isAsked = client !== undefined && permit !== undefined && !permit.isOffline;
  const sinceMs = Date.now() - (record.reachedAtMs ?? 0);
  return {
    ...{ talk, standing: told, plan: permit?.plan ?? null },
    nextCheckInMs: isAsked ? Math.max(0, (permit.nextCheck - permit.iat) * 1000 - sinceMs) : null,
  };
}
