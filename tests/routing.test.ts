import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AmiConnection } from '../activities/asterisk/ami/connection.ts';
import { freePort } from '../bin/stack/free-port.ts';
import type { Client } from '../proto/client.ts';
import { untouchedSettings } from '../proto/untouched-settings.ts';
import { dialplanFor, entryLine, usualContexts } from '../web/settings/features/routing/dialplan.ts';
import { startTestApi, type TestApi } from './rig/api.ts';
import { startAsterisk, type TestAsterisk } from './rig/asterisk.ts';
import { saveSettings } from './rig/settings.ts';

jest.setTimeout(60_000);

/** A real Asterisk with the dialplan that the page of routing offers asks Ringflow, and does well without it. */

const [account, did, secret] = ['dialplan.example', '74951230001', 'secret2secret'];
const phone = '79161234567';
const ivan: Client = {
  ...{ entityType: 'contacts', entityId: 7, name: 'Иван "Ваня" Петров, ООО', responsibleUserId: 1 },
  ...{ openLeadIds: [], hasCustomers: false },
};
const modules = [
  'app_dial',
  'app_stack',
  'app_verbose',
  'func_callerid',
  'func_cut',
  'func_logic',
  'func_strings',
  'func_uri',
];

let api: TestApi;
let asterisk: TestAsterisk;
/** Answers whatever it is told in place of Ringflow; undefined: nothing, ever. */
let impostor: Server & { says?: string | undefined };

beforeAll(async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  impostor = createServer((_, response) => impostor.says !== undefined && response.end(impostor.says));
  await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
  api = await startTestApi(url);
  await api.app.listen({ port, host: '127.0.0.1' });
  await api.accounts.add(account, `https://${account}`);
  const pbx = { id: 'dialplan', accountId: account, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' };
  await api.pbxStore.add(pbx, 'mysql://a:b@c/d');
  await saveSettings(api.database.pool, account, {
    ...untouchedSettings('en'),
    employees: { '101': 1 },
    routing: { dialplan: { enabled: true } },
  });
  await api.knownClients.remember(account, phone, { client: ivan, askedAtMs: Date.now() });
  const admin = await api.person({});
  const access = await admin.send('POST', `/api/accounts/${account}/pbxs/dialplan/routing/key`);
  const values = { ...access.json(), context: 'from-internal', ringSeconds: 2 };
  const elsewhere = `http://127.0.0.1:${(impostor.address() as AddressInfo).port}/routing/dialplan`;
  asterisk = await startAsterisk({
    'modules.conf': [...modules, 'bridge_simple'].map((module) => `load = ${module}.so`).join('\n'),
    'manager.conf': `[ringflow]\nsecret = ${secret}\nread = call\nwrite = originate\n`,
    'extensions.conf': [
      dialplanFor({ ...values, kind: 'asterisk' }).text,
      named('impostor', dialplanFor({ ...values, url: elsewhere, kind: 'asterisk' }).text),
      named('freepbx', dialplanFor({ ...values, kind: 'freepbx', context: usualContexts.freepbx }).text),
      `[incoming]\n${entryLine}\n${defaultRoute}`,
      `[from-impostor]\n${named('impostor', entryLine)}\n${defaultRoute}`,
      `[from-internal]\nexten => 101,1,Log(NOTICE,rings 101: ${shown})\n same => n,Wait(10)\n`,
      `[from-queue-exten-only]\nexten => _XXX,1,Log(NOTICE,rings \u0024{EXTEN} alone: ${shown})\n`,
      freePbx,
      '[answers]\nexten => 1,1,Answer()\n same => n,Wait(20)\n',
    ].join('\n'),
  });
});
afterAll(async () => {
  impostor?.closeAllConnections();
  impostor?.close();
  await Promise.all([asterisk?.stop(), api?.close()]);
});

const named = (name: string, text: string) => text.replaceAll('ringflow-routing', name);
const shown = '\u0024{CALLERID(name)} <\u0024{CALLERID(num)}>';
const defaultRoute = ` same => n,Log(NOTICE,default route: ${shown})\n same => n,Hangup()\n`;

/** As FreePBX has it (core, etc/extensions.conf). */
const freePbx = `[from-pstn]
include => from-pstn-custom
include => ext-did
include => ext-did-post-custom
include => from-did-direct
include => ext-did-catchall
[ext-did]
[ext-did-post-custom]
[from-did-direct]
[ext-did-catchall]
exten => _X.,1,Log(NOTICE,default route by \u0024{EXTEN}: ${shown})
`;

/** What becomes of a call that comes in, in the order in which phones hear of it. */
async function call(number: string, context = 'incoming'): Promise<string[]> {
  const before = told().length;
  const access = { host: '127.0.0.1', port: asterisk.amiPort, user: 'ringflow', secret };
  const originate = {
    Channel: `Local/1@answers/n`,
    Exten: did,
    Context: context,
    Priority: '1',
    CallerID: `<${number}>`,
  };
  const ami = await AmiConnection.open(access);
  await ami.ask('Originate', { ...originate, Async: 'true' });
  ami.close();
  while (
    !told()
      .slice(before)
      .some((line) => line.startsWith('default route'))
  )
    await nextMoment();
  return told().slice(before);
}

const told = (): string[] =>
  [...asterisk.log().matchAll(/((?:rings \d+|default route)[^:]*: .*)/g)].map(([, line]) => String(line));
const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 20));

it("a client's call rings at their responsible, with the client's name, and goes on where nobody answers", async () => {
  expect(await call(phone)).toEqual([
    `rings 101: Иван Ваня Петров ООО <${phone}>`,
    `default route: Иван Ваня Петров ООО <${phone}>`,
  ]);
});

it('FreePBX rings the phone alone, and goes on as its own dialplan has it', async () => {
  expect(await call(phone, 'from-pstn')).toEqual([
    `rings 101 alone: Иван Ваня Петров ООО <${phone}>`,
    `default route by ${did}: Иван Ваня Петров ООО <${phone}>`,
  ]);
  expect(await call('79160000000', 'from-pstn')).toEqual([`default route by ${did}:  <79160000000>`]);
});

it('whom Ringflow does not know goes where they would have gone', async () => {
  expect(await call('79160000000')).toEqual(['default route:  <79160000000>']);
  expect(await call('anonymous')).toEqual(['default route:  <anonymous>']);
});

it('a number that means something to the dialplan means nothing here', async () => {
  const hostile = `${phone},x}\u0024{SHELL}&key=`;
  expect(await call(hostile)).toEqual([
    expect.stringMatching(/^rings 101: Иван Ваня Петров ООО </),
    expect.stringContaining(`<${hostile}>`),
  ]);
});

it.each([
  ['a page of somebody else', '<html>101|x</html>'],
  ['channels', '101&102|Ivan'],
  ['an application', '101@from-internal,20,S(5)|Ivan'],
  ['JSON', '{"code":"not-found"}'],
  ['digits without end', `${'1'.repeat(500)}|Ivan`],
  ['nothing', ''],
  ['silence', undefined],
])('an answer that is none is not followed: %s', async (_, answer) => {
  impostor.says = answer;
  expect(await call(phone, 'from-impostor')).toEqual([`default route:  <${phone}>`]);
});

it('an answer that is one is followed, whoever gives it', async () => {
  impostor.says = '101|Ivan';
  expect((await call(phone, 'from-impostor'))[0]).toBe(`rings 101: Ivan <${phone}>`);
});

it('when Ringflow is stopped calls come as if it had never been asked', async () => {
  await api.app.close();
  expect(await call(phone)).toEqual([`default route:  <${phone}>`]);
  expect(asterisk.log()).not.toMatch(/(ERROR|WARNING)\[\d+\]\[C-\w+\]: (?!func_curl)/);
});
