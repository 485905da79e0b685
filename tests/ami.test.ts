import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Redis } from 'ioredis';
import { AmiConnection } from '../activities/asterisk/ami/connection.ts';
import { createReadings } from '../activities/store/readings.ts';
import type { OriginateRequest } from '../proto/originate.ts';
import type { Reading } from '../proto/state/facts.ts';
import { startAsterisk, type TestAsterisk } from './rig/asterisk.ts';
import { onceThere } from './rig/call-actors.ts';
import { type Installation, install } from './rig/installation.ts';
import type { placeCall } from './rig/place-call.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(120_000);

/** A connector and a real Asterisk that writes CEL: calls are placed by its AMI, and both are watched. */

const { port, password } = new URL(servers.mysqlAdminUrl);
const redis = new Redis(servers.redisUrl);
let house: Installation;
let asterisk: TestAsterisk;
let workflows: { end(): Promise<void> };

/** @param writer a user of its own, so that it alone can be kept from writing */
async function startPbx(writer: string): Promise<TestAsterisk> {
  const database = house.pbx.name;
  await house.pbx.pool.query(`CREATE USER '${writer}'@'127.0.0.1' IDENTIFIED BY '${password}'`);
  await allowWriting(writer, true);
  const modules = ['res_odbc_transaction', 'res_odbc', 'cel_odbc'];
  return startAsterisk({
    'modules.conf': modules.map((module) => `load = ${module}.so`).join('\n'),
    'manager.conf': '[ringflow]\nsecret = word\nread = call,agent,dialplan\nwrite = call,originate,reporting\n',
    'extensions.conf':
      '[phones]\nexten => 201,1,Answer()\nsame => n,Wait(90)\n[clients]\nexten => _X.,1,Answer()\nsame => n,Wait(90)\n',
    'cel.conf': '[general]\nenable = yes\nevents = ALL\n',
    'cel_odbc.conf': '[cel]\nconnection = pbx\ntable = cel\n',
    'res_odbc.conf': `[pbx]\nenabled => yes\ndsn => pbx\nusername => ${writer}\npassword => ${password}\npre-connect => yes\n`,
    'odbc.ini': `[pbx]\nDriver = MariaDB Unicode\nServer = 127.0.0.1\nPort = ${port}\nDatabase = ${database}\n`,
  });
}

async function allowWriting(writer: string, isAllowed: boolean): Promise<void> {
  const table = `${house.pbx.name}.cel`;
  const [verb, to] = isAllowed ? ['GRANT', 'TO'] : ['REVOKE', 'FROM'];
  await house.pbx.pool.query(`${verb} INSERT ON ${table} ${to} '${writer}'@'127.0.0.1'`);
  if (isAllowed) await house.pbx.pool.query(`GRANT SELECT ON ${table} TO '${writer}'@'127.0.0.1'`);
}

const writer = `writer_${Date.now() % 1e9}`;

beforeAll(async () => {
  house = await install();
  asterisk = await startPbx(writer);
  const connection = await NativeConnection.connect({ address: servers.temporalAddress });
  const worker = await Worker.create({
    ...{ connection, namespace: house.environment.TEMPORAL_NAMESPACE ?? '', taskQueue: 'tests' },
    workflowsPath: require.resolve('./rig/place-call.ts'),
  });
  const running = worker.run();
  workflows = {
    async end() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
  await house.startConnector({
    ...{ PBX_AMI_HOST: '127.0.0.1', PBX_AMI_PORT: String(asterisk.amiPort), PBX_AMI_USER: 'ringflow' },
    ...{ PBX_AMI_SECRET: 'word', PBX_TIMEZONE: 'UTC' },
  });
});
afterAll(async () => {
  await workflows?.end();
  await house?.pbx.pool.query(`DROP USER IF EXISTS '${writer}'@'127.0.0.1'`);
  await house?.remove();
  redis.disconnect();
});

async function until(fits: (reading: Reading) => boolean): Promise<Reading> {
  for (;;) {
    const [reading] = await createReadings(redis).of([house.pbxId]);
    if (reading && fits(reading)) return reading;
    await sleep(50);
  }
}

let made = 0;
function request(): OriginateRequest {
  made += 2;
  return {
    ...{ pbxId: house.pbxId, channelId: `${Math.floor(Date.now() / 1000)}.${100_000 + made}`, ringMs: 10_000 },
    ...{ channel: 'Local/201@phones/n', context: 'clients', exten: '89161234567', callerNumber: '89161234567' },
    variables: {},
  };
}

const place = (asked: OriginateRequest) =>
  house.temporal.workflow.execute<typeof placeCall>('placeCall', {
    ...{ args: [asked], taskQueue: 'tests', workflowId: `place-${asked.channelId}` },
  });

const rowsOf = async ({ channelId }: OriginateRequest) => {
  const [rows] = await house.pbx.pool.query('SELECT id FROM cel WHERE linkedid = ?', [channelId]);
  return (rows as object[]).length;
};

async function hangUp({ channelId }: OriginateRequest): Promise<void> {
  const ami = await AmiConnection.open({
    ...{ host: '127.0.0.1', port: asterisk.amiPort, user: 'ringflow', secret: 'word' },
  });
  const channels = (await ami.list('CoreShowChannels')) ?? [];
  for (const { Channel = '', Linkedid } of channels) {
    if (Linkedid === channelId) await ami.ask('Hangup', { Channel });
  }
  ami.close();
}

it('a call is placed, and is one call of the journal by the id that it was given', async () => {
  await until(({ ami }) => ami?.state === 'up');
  const asked = request();
  expect(await place(asked)).toEqual({ answered: true });
  const call = house.temporal.workflow.getHandle(`call:${house.pbxId}:${asked.channelId}`);
  expect(await onceThere(() => call.describe())).toMatchObject({ type: 'call' });
  expect(await until(() => true)).toMatchObject({ celMissingSinceMs: null });
  await hangUp(asked);
});

it('calls of which Asterisk writes no rows are missed, until rows come again', async () => {
  await allowWriting(writer, false);
  const asked = request();
  const beganMs = Date.now();
  expect(await place(asked)).toEqual({ answered: true });
  const { celMissingSinceMs, trouble } = await until((reading) => (reading.celMissingSinceMs ?? null) !== null);
  expect(trouble).toBeNull();
  expect(Math.abs((celMissingSinceMs ?? 0) - beganMs)).toBeLessThan(10_000);
  expect(await rowsOf(asked)).toBe(0);
  await allowWriting(writer, true);
  await hangUp(asked);
  await until((reading) => reading.celMissingSinceMs === null);
});

it('a PBX that is away is told, and nobody takes up calls for it', async () => {
  await asterisk.stop();
  expect((await until(({ ami }) => ami?.state === 'down')).ami).toMatchObject({ kind: 'broken' });
  const asked = request();
  const error = await place(asked).catch((one) => one);
  expect(error.cause.cause).toMatchObject({ timeoutType: 'SCHEDULE_TO_START' });
});
