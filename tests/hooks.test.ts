import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Rule, RuleAction } from '../proto/rule.ts';
import { newCall, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { saveSettings } from './rig/settings.ts';

jest.setTimeout(120_000);

let house: Installation;
let server: Server;
/** Requests that nobody has answered yet. */
const hanging: ServerResponse[] = [];
let isHanging = true;

beforeAll(async () => {
  server = createServer((_, response) => {
    if (isHanging) hanging.push(response);
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  house = await install();
  await Promise.all([house.startWorker(), house.startConnector()]);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await house.remove();
});

const at = (phase: Rule['when']['phase'], ...actions: RuleAction[]): Rule => ({
  ...{ id: `at-${phase.replace('_', '-')}`, name: 'A rule', enabled: true, when: { phase }, actions },
});

it('a hook that hangs from the first ring on holds up neither the lead nor the call, which stands on it', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await saveSettings(house.store.pool, house.accountId, {
    ...{ language: 'en', employees: { '101': 504141 }, pbxs: {}, calendars: [], numberLists: [] },
    rules: [
      at('requested', { do: 'call-hook', hook: 'slow' }),
      at('accepted', { do: 'create-lead', responsible: ['first-rung'], name: 'Call {{phone}}' }),
      at('call_ended', { do: 'register-call', responsible: ['first-rung'] }),
    ],
    hooks: [{ id: 'slow', name: 'Slow', url, timeoutMs: 10_000 }],
  });
  const number = strangersNumber();
  const { linkedid, rows } = newCall('in-direct-answered', { clientNumber: number });
  const asked = once(server, 'request');
  await write(house, rows);
  const { calls, leads } = await house.amocrm.until((now) => now.calls.length > 0, 'the call');
  await asked;
  const leadId = leads.find(({ name }) => name.includes(number))?.id;
  expect(calls).toMatchObject([{ entityType: 'lead', entityId: leadId }]);
  isHanging = false;
  for (const response of hanging) response.writeHead(204).end();
  expect(await house.closed(linkedid)).toMatchObject({ registrations: { [linkedid]: { state: 'registered' } } });
  expect((await house.journal(linkedid))?.registration).not.toHaveProperty('troubles');
});
