import type { AmocrmState } from '../rig/amocrm.ts';
import { callsComeIn, timesRegistered } from '../rig/calls.ts';
import { type ConnectableInstallation, installConnectable, isTokenRequest } from '../rig/oauth.ts';

jest.setTimeout(180_000);

let house: ConnectableInstallation;

beforeAll(async () => {
  house = await installConnectable();
  await Promise.all([house.startApi(), house.startConnector()]);
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

const lostRenewals = ({ requests }: AmocrmState) =>
  requests.filter((one) => isTokenRequest(one) && one.status === 0).length;
const startWorkers = () => Promise.all([house.startWorker(), house.startWorker()]);

/** A refresh token serves once: what amoCRM answered and nobody kept can't be asked for again. */
it.each(['hang-after', 'cut-after'] as const)(
  'access whose renewal was lost on the way (%s), though both workers died, is told as lost and given again',
  async (kind) => {
    const workers = await startWorkers();
    await house.connect();
    const before = lostRenewals(await house.amocrm.state());
    await house.amocrm.fault({ match: 'POST /oauth2/access_token', kind });
    await house.amocrm.oauth.expire();
    const waiting = await callsComeIn(house, 2);
    await house.amocrm.until((now) => lostRenewals(now) > before, 'the renewal');
    await Promise.all(workers.map((worker) => worker.kill()));
    const others = await startWorkers();
    await house.entered('reconnect-needed');
    await house.connect();
    expect(await timesRegistered(house, waiting)).toEqual([1, 1]);
    await Promise.all(others.map((worker) => worker.stop()));
  },
);
