import fc from 'fast-check';
import { createAccounts } from '../activities/store/accounts.ts';
import { createJournal } from '../activities/store/journal.ts';
import { createSessions } from '../activities/store/sessions.ts';
import { createUsers } from '../activities/store/users.ts';
import type { User, UserDescription } from '../proto/user.ts';
import { type HostileRequest, operations, requestsOf } from './rig/hostile-requests.ts';
import { journalEntry } from './rig/journal-entry.ts';
import { installSettings, type SettingsHouse } from './rig/settings-house.ts';

jest.setTimeout(300_000);

/** Whatever is sent to the API, by whomever: it never fails by it, and tells nobody what is not theirs. */

const foreignAccount = 'foreign.example';
const foreignPbx = 'foreign-pbx';
/** Stands in everything that belongs to the other account. */
const foreignMark = 'FOREIGN-MARK';
/** Sends to whatever address it is given, so it is tried on receivers of our own: tests/web/alerts.test.ts. */
const reachesOut = ['testAlertDestination'];
const forAnybody = ['signIn', 'readPasswordLink', 'choosePassword'];
const requestsOfEach = 10;

let house: SettingsHouse;

beforeAll(async () => {
  house = await installSettings();
  const { pool } = house.store;
  await createAccounts(pool).add(foreignAccount, `https://${foreignAccount}`);
  const pbx = { id: foreignPbx, account_id: foreignAccount, cel_table: 'cel', cdr_table: 'cdr', timezone: 'UTC' };
  await pool.query('INSERT INTO pbxs SET ?', [pbx]);
  await createJournal(pool).write(journalEntry({ pbxId: foreignPbx, linkedid: foreignMark, did: foreignMark }));
});
afterAll(() => house.remove());

async function person(description: Partial<UserDescription>): Promise<User> {
  const login = `${Math.random()}@firm.example`;
  const whole = { login, name: 'Somebody', role: 'admin' as const, extensions: [], accounts: null, ...description };
  return (await createUsers(house.store.pool).add(whole)) as User;
}

const sessionOf = async ({ id }: User) =>
  `ringflow_session=${await createSessions(house.store.pool).begin(id, '::1', 'tests')}`;

const known = () => ({
  account: [house.accountId, foreignAccount, 'nobody.example'],
  pbx: [house.pbxId, foreignPbx, 'none'],
  linkedid: [foreignMark, '1795417935.10'],
});

async function send({ method, path, contentType, body }: HostileRequest, cookie?: string) {
  const answer = await fetch(house.url + path, {
    method,
    ...(body !== undefined && method !== 'GET' && { body }),
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(cookie && { cookie }),
      ...(contentType && { 'content-type': contentType }),
    },
    signal: AbortSignal.timeout(30_000),
  });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
  const text = isStream ? '' : await answer.text();
  if (isStream) await answer.body?.cancel();
  return { status: answer.status, text, injected: answer.headers.get('x-injected') };
}

function errorOf(text: string): string[] {
  return Object.keys(JSON.parse(text)).filter((key) => key !== 'faults');
}

const tried = operations.filter(({ id }) => !reachesOut.includes(id));

describe.each(tried.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  const requests = () => requestsOf(operation, known());
  const numRuns = requestsOfEach;

  it('fails by no request', async () => {
    const admin = await person({});
    let cookie = await sessionOf(admin);
    const refusals = fc.asyncProperty(requests(), async (request) => {
      const answer = await send(request, cookie);
      const isOfOthers = answer.status === 502; // amoCRM can't be asked
      expect([answer.status < 500 || isOfOthers, answer.text]).toEqual([true, expect.any(String)]);
      expect(answer.injected).toBeNull();
      if (answer.status >= 400) expect(errorOf(answer.text)).toEqual(['code', 'message', 'whatToDo']);
      if (answer.status < 300 && /session/i.test(id)) cookie = await sessionOf(admin); // it may have ended itself
    });
    await fc.assert(refusals, { numRuns });
  });

  if (forAnybody.includes(id)) return;

  it('says nothing to who is not signed in, nor of another account to who is', async () => {
    const viewer = await sessionOf(await person({ role: 'viewer', accounts: [house.accountId] }));
    const isForeign = ({ path }: HostileRequest) => path.includes(foreignAccount) || path.includes(foreignPbx);
    const leaks = fc.asyncProperty(requests(), async (request) => {
      expect([401, 404]).toContain((await send(request)).status); // 404: an address that is none
      const answer = await send(request, viewer);
      expect(answer.text).not.toContain(foreignMark);
      if (isForeign(request)) expect(answer.status).toBeGreaterThanOrEqual(400);
    });
    await fc.assert(leaks, { numRuns: numRuns / 2 });
  });
});
