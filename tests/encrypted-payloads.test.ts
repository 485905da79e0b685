import { temporalClient } from '../runtime/temporal.ts';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { callActorsOf } from './rig/call-actors.ts';
import { newCall, split, strangersNumber, write } from './rig/calls.ts';
import { everythingInTemporal } from './rig/histories.ts';
import { type Installation, install } from './rig/installation.ts';
import { newSecretKeys } from './rig/permits.ts';

jest.setTimeout(300_000);

let house: Installation;

beforeAll(async () => {
  house = await install();
});
afterAll(() => house.remove());

/** Its processes, until they are asked to end. */
async function running(keys: string): Promise<() => Promise<void>> {
  const changes = { TEMPORAL_PAYLOAD_KEYS: keys };
  const parts = await Promise.all([house.startWorker(changes), house.startConnector(changes)]);
  return async () => {
    await Promise.all(parts.map((part) => part.stop()));
  };
}

it('calls get through encrypted, begun before there was a key or before it was changed, and nothing can be read', async () => {
  const [first, second] = [`first:${newSecretKeys().split(':')[1]}`, `second:${newSecretKeys().split(':')[1]}`];
  const newest = `${second},${first}`;
  const client = temporalClient(
    { temporalNamespace: house.temporal.options.namespace, temporalPayloadKeys: newest },
    house.temporal.connection,
  );
  const actors = callActorsOf(client, house.pbxId);
  const [plain, secret] = [
    newCall('in-direct-answered', { clientNumber: strangersNumber() }),
    newCall('rg-second-answers'),
  ];
  const [plainBefore, plainAfter] = split(plain.rows, ({ eventtype }) => eventtype === 'ANSWER');
  const [secretBefore, secretAfter] = split(secret.rows, ({ eventtype }) => eventtype === 'ANSWER');

  const endPlain = await running('');
  await write(house, plainBefore);
  await actors.shows(plain.linkedid, /ringing/);
  await endPlain();
  const endFirst = await running(first);
  await write(house, [...plainAfter, ...secretBefore]);
  await actors.closed(plain.linkedid);
  await actors.shows(secret.linkedid, /ringing/);
  await endFirst();
  const endNewest = await running(newest);
  await write(house, secretAfter);
  await actors.closed(secret.linkedid);
  await endNewest();

  const { calls } = await house.amocrm.state();
  const registered = [plain, secret].map(
    ({ linkedid }) => calls.filter(({ uniq }) => uniq === `${house.pbxId}:${linkedid}`).length,
  );
  expect(registered).toEqual([1, 1]);
  const raw = await everythingInTemporal(house.temporal);
  expect(raw).toContain(plain.phone.slice(-10)); // as it began
  const history = await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, secret.linkedid)).fetchHistory();
  expect(JSON.stringify(history)).toContain(Buffer.from('binary/encrypted').toString('base64'));
  expect(raw).not.toContain(secret.phone.slice(-10));
  expect(raw).not.toMatch(/Inbound \+7 916 •••/);
});
