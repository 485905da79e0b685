import type { AccountSettings } from '../proto/account-settings.ts';
import type { RuleAction } from '../proto/rule.ts';
import { newCall, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { saveSettings } from './rig/settings.ts';

jest.setTimeout(120_000);

/** Calls of unknown callers among the incoming leads, on real parts. */

let house: Installation;

beforeAll(async () => {
  house = await install();
  await Promise.all([house.startWorker(), house.startConnector()]);
});
afterAll(() => house.remove());

async function set(actions: RuleAction[]): Promise<void> {
  const rule = { id: 'at-the-end', name: 'At the end', enabled: true, actions, when: { phase: 'call_ended' as const } };
  const settings: AccountSettings = {
    ...{ language: 'en', employees: { '101': 504141, '102': 504142 }, pbxs: {}, calendars: [], numberLists: [] },
    rules: [rule],
  };
  await saveSettings(house.store.pool, house.accountId, settings);
}

it('a rule that names a deleted pipeline stops no record: the lead waits in the main one, and that is told', async () => {
  await set([
    { do: 'register-call', responsible: ['first-rung'] },
    { do: 'create-incoming-lead', responsible: ['first-rung'], name: 'Call {{phone}}', pipelineId: 999_999 },
  ]);
  const number = strangersNumber();
  const call = newCall('in-direct-answered', { clientNumber: number });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  const { unsorted } = await house.amocrm.state();
  expect(unsorted.filter(({ leadName }) => leadName.includes(number))).toHaveLength(1);
  expect((await house.journal(call.linkedid))?.registration).toMatchObject({
    state: 'registered',
    troubles: [expect.stringMatching(/without its pipeline.*pipeline_id/)],
  });
  expect(await house.details(call.linkedid)).toContain('without its pipeline');
});
