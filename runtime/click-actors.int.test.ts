import { createSettingsChanges } from '../activities/store/settings-changes.ts';
import { type AmiAction, type AmiPeer, type AmiServer, amiVariables, startAmiServer } from '../tests/rig/ami-server.ts';
import { type Installation, install } from '../tests/rig/installation.ts';
import { createAccountActors } from './account-actors.ts';
import { createClickActors } from './click-actors.ts';
import { isNoAnswer } from './no-answer.ts';

jest.setTimeout(60_000);

let house: Installation;
let ami: AmiServer;
let accountId: string;

beforeAll(async () => {
  ami = await startAmiServer();
  house = await install();
  accountId = new URL(house.amocrm.url).host;
});
afterAll(async () => {
  await house.remove();
  await ami.close();
});

const clickOf = (requestId: string) => ({ accountId, requestId, userId: 504141, number: '8 916 123-45-67' });

it('a click that no worker begins is not waited for any longer', async () => {
  const actors = createClickActors(house.temporal, { beginsWithinMs: 1_000, patienceMs: 500 });
  const failure = await actors.begin(clickOf('unheard')).catch((error) => error);
  expect(isNoAnswer(failure)).toBe(true);
});

it('whoever clicked hears in time that it is being planned, while it goes on: the phone rings once', async () => {
  const [connector] = await Promise.all([house.startConnector(amiVariables(ami.access)), house.startWorker()]);
  await connector.said('calls can be placed');
  await createAccountActors(house.temporal, createSettingsChanges(house.store.pool, 'ru')).readCatalogue(accountId);
  const asked = Promise.withResolvers<[AmiAction, AmiPeer]>();
  ami.on.Originate = (action, peer) => asked.resolve([action, peer]);
  const click = clickOf('slow');
  const impatient = createClickActors(house.temporal, { beginsWithinMs: 12_000, patienceMs: 500 });
  expect(await impatient.begin(click)).toEqual({ phase: 'planning' });
  const [action, peer] = await asked.promise;
  peer.answer(action, 'Message: Originate successfully queued');
  expect(await createClickActors(house.temporal).begin(click)).toMatchObject({ phase: 'employee-rings' });
  expect(ami.actions.filter(({ Action }) => Action === 'Originate')).toHaveLength(1);
});
