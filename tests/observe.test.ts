import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RowDataPacket } from 'mysql2/promise';
import type { AccountSettings } from '../proto/account-settings.ts';
import { defaultRules } from '../proto/default-rules.ts';
import type { Registration } from '../proto/journal.ts';
import type { Rule } from '../proto/rule.ts';
import { newCall, split, strangersNumber, type TestCall, write } from './rig/calls.ts';
import { rowsInTable } from './rig/cel-rows.ts';
import { type Installation, install } from './rig/installation.ts';
import { leaveNote } from './rig/others-note.ts';
import { saveSettings } from './rig/settings.ts';

jest.setTimeout(120_000);

/** A PBX that another product still serves: everything is decided, nothing is written, what that one did is compared. */

let house: Installation;

beforeAll(async () => {
  house = await install();
  await house.startWorker();
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

const untouched: AccountSettings = {
  ...{ language: 'en', employees: { '101': 504141, '102': 504142 }, pbxs: {}, calendars: [], numberLists: [] },
  rules: [...defaultRules],
};

/** @param until null: without an end; undefined: not observed */
async function observe(until: string | null | undefined, changes: Partial<AccountSettings> = {}): Promise<void> {
  const { accountId } = house;
  const observed = until !== undefined && { observedPbxs: { [house.pbxId]: { until } } };
  await saveSettings(house.store.pool, accountId, { ...untouched, ...observed, ...changes });
}

const looks = { compareAfterMs: 200 };

/** @param beforeComparison what another product does meanwhile */
async function play(call: TestCall, beforeComparison = async (): Promise<unknown> => undefined): Promise<Registration> {
  const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  await write(house, ringing);
  await house.deliver(call.linkedid, await rowsInTable(house, [call.linkedid]), looks, true);
  await house.shows(call.linkedid, /ringing/);
  await beforeComparison();
  await write(house, rest);
  await house.deliver(call.linkedid, await rowsInTable(house, [call.linkedid]), looks, true);
  await house.closed(call.linkedid);
  return (await house.journal(call.linkedid))?.registration as Registration;
}

const thisMinute = () => Math.floor(Date.now() / 1000);

it('a call is told and decided, and nothing at all is written of it', async () => {
  let heardByHook = 0;
  const server: Server = createServer((_, response) => {
    heardByHook++;
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const rule = (phase: Rule['when']['phase'], actions: Rule['actions']): Rule => ({
    ...{ id: `at-${phase.replace('_', '-')}`, name: 'A rule', enabled: true, actions, when: { phase } },
  });
  await observe(null, {
    hooks: [{ id: 'crm', name: 'Our CRM', url, timeoutMs: 1_000 }],
    rules: [
      ...defaultRules,
      rule('requested', [{ do: 'create-lead', responsible: ['first-rung'], name: 'Call {{phone}}' }]),
      rule('accepted', [
        { do: 'call-hook', hook: 'crm' },
        { do: 'add-tags', tags: ['a'], to: 'client' },
      ]),
      rule('call_ended', [{ do: 'call-hook', hook: 'crm' }]),
    ],
  });
  const number = strangersNumber();
  const call = newCall('in-direct-answered', { clientNumber: number });
  const registration = await play(call);
  server.close();
  expect(registration).toMatchObject({
    state: 'observed',
    intent: {
      cardsTo: [504141],
      reached: [{ lead: { name: `Call +7${number}` } }, { changes: [{ tags: ['a'] }], hooks: [{ hook: 'crm' }] }],
      end: {
        registration: { phone: `7${number}`, responsible: 504141 },
        contact: { kind: 'create-contact' },
        task: { kind: 'complete-task' },
        hooks: [{ hook: 'crm' }],
      },
    },
    comparison: { found: null, differences: [{ what: 'missing-there' }] },
  });
  expect(await house.details(call.linkedid)).toMatch(
    /Observed, nothing was written: would have been registered with .* user 504141; a card to user 504141; a contact/,
  );
  expect(await house.details(call.linkedid)).toContain('No other product has registered it.');
  const { requests } = await house.amocrm.state();
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(heardByHook).toBe(0);
  const [ledger] = await house.store.pool.query<RowDataPacket[]>('SELECT effect_key FROM side_effects');
  expect(ledger).toEqual([]);
});

describe('beside what another product has left in amoCRM', () => {
  it('a call that it has registered alike has no difference', async () => {
    await observe(null);
    const number = strangersNumber();
    const contactId = await house.amocrm.addContact(number);
    const call = newCall('in-direct-answered', { clientNumber: number });
    const registration = await play(call, async () => {
      const stranger = { duration: 3_000, responsible: 504143, createdAtSeconds: thisMinute() - 900 };
      await leaveNote(house, 'contacts', contactId, stranger);
      await leaveNote(house, 'contacts', contactId, {
        duration: 4,
        responsible: 504141,
        createdAtSeconds: thisMinute(),
      });
    });
    expect(registration).toMatchObject({
      comparison: {
        found: {
          entityType: 'contacts',
          entityId: contactId,
          source: 'Another PBX',
          link: 'https://example.com/a.mp3',
        },
        differences: [],
      },
    });
    expect(await house.details(call.linkedid)).toContain('Another product (Another PBX) registered it alike: contacts');
  });

  it('every difference is told in words', async () => {
    await observe(null);
    const number = strangersNumber();
    const contactId = await house.amocrm.addContact(number);
    const leadId = await house.amocrm.addLead({ name: 'Roof', contactIds: [contactId] });
    const call = newCall('in-direct-answered', { clientNumber: number });
    const registration = await play(call, () =>
      leaveNote(house, 'contacts', contactId, { duration: 90, responsible: 504143, createdAtSeconds: thisMinute() }),
    );
    expect(registration).toMatchObject({
      comparison: {
        differences: [
          { what: 'duration', thereSeconds: 90, hereSeconds: expect.any(Number) },
          { what: 'responsible', there: 504143, here: 504141 },
          {
            what: 'entity',
            there: { entityType: 'contacts', entityId: contactId },
            here: { entityType: 'leads', entityId: leadId },
          },
        ],
      },
    });
    expect(await house.details(call.linkedid)).toContain('responsible: user 504143 there, user 504141 here');
  });

  it('a call is not compared if amoCRM can not be read, which is told, and closes', async () => {
    await observe(null);
    await house.amocrm.fault({ match: 'GET /api/v4/contacts', kind: 'status', status: 403, times: 100 });
    const registration = await play(newCall('in-direct-answered', { clientNumber: strangersNumber() }));
    expect(registration).toMatchObject({ state: 'observed', comparison: { unread: expect.stringContaining('403') } });
  });
});

describe('the cut-over', () => {
  const callAt = (startedAtMs: number, number: string) =>
    newCall('in-direct-answered', { clientNumber: number, startedAtMs });
  const callsOf = async (number: string) =>
    (await house.amocrm.state()).calls.filter(({ phone }) => phone?.endsWith(number));

  it('comes at its time: who called before is observed to the end, who calls from then on is registered', async () => {
    const cutOverMs = thisMinute() * 1000 - 30_000;
    await observe(new Date(cutOverMs).toISOString());
    const [before, after] = [strangersNumber(), strangersNumber()];
    const registrations = await Promise.all([play(callAt(cutOverMs - 1_000, before)), play(callAt(cutOverMs, after))]);
    expect(registrations).toMatchObject([{ state: 'observed' }, { state: 'registered' }]);
    expect(await callsOf(before)).toEqual([]);
    expect(await callsOf(after)).toHaveLength(1);
  });

  it('is made by settings without it, and undone as easily; a call told once more stays what it was', async () => {
    await observe(null);
    const [first, second, third] = [strangersNumber(), strangersNumber(), strangersNumber()];
    const observed = newCall('in-direct-answered', { clientNumber: first });
    expect(await play(observed)).toMatchObject({ state: 'observed' });
    await observe(undefined);
    const acted = newCall('in-direct-answered', { clientNumber: second });
    expect(await play(acted)).toMatchObject({ state: 'registered' });
    await house.again(observed.linkedid);
    expect((await house.journal(observed.linkedid))?.registration).toMatchObject({ state: 'observed' });
    await observe(null);
    expect(await play(newCall('in-direct-answered', { clientNumber: third }))).toMatchObject({ state: 'observed' });
    await house.again(acted.linkedid);
    expect((await house.journal(acted.linkedid))?.registration).toMatchObject({ state: 'registered' });
    expect(await Promise.all([first, second, third].map(callsOf))).toMatchObject([[], [{}], []]);
  });
});
