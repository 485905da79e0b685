import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { openHttp } from './http.ts';

type Behaviour = (request: IncomingMessage, reply: ServerResponse) => void;

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(behave: Behaviour) {
  const server = createServer(behave).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/recordings`;
}
const open = (url: string, user: string | null = null, secret?: string) =>
  openHttp({ kind: 'http', url, user, pbxFolder: null }, secret);
const sound = Buffer.from('0123456789');

/** As nginx gives out a folder. */
const folder: Behaviour = (request, reply) => {
  if (request.url !== '/recordings/2026/a%20%23%3F%25.wav') return void reply.writeHead(404).end();
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const head = { 'last-modified': new Date(5_000).toUTCString(), 'content-type': 'audio/x-wav' };
  const isHead = request.method === 'HEAD';
  if (start === undefined) return void reply.writeHead(200, { ...head, 'content-length': 10 }).end(isHead ? '' : sound);
  const part = sound.subarray(Number(start), Number(end) + 1);
  reply
    .writeHead(206, { ...head, 'content-range': `bytes ${start}-${end}/10`, 'content-length': part.length })
    .end(part);
};
const name = '2026/a #?%.wav';
const hear = async (source: ReturnType<typeof open>, start = 3, end = 5) => {
  const found = await source.find(['gone.wav', name]);
  return found && [found.sizeBytes, (await buffer(await source.read(found, { start, end }))).toString()];
};

it('finds a file whatever its name, and reads the part that is asked for', async () => {
  const source = open(await serve(folder));
  await source.reach();
  expect(await source.find([name])).toEqual({ path: name, sizeBytes: 10, changedAtMs: 5_000 });
  expect(await hear(source)).toEqual([10, '345']);
});

it('says who it is, and tells when it is not let in', async () => {
  const right = `Basic ${Buffer.from('ringflow:pass:word').toString('base64')}`;
  const url = await serve((request, reply) =>
    request.headers.authorization === right ? folder(request, reply) : void reply.writeHead(401).end(),
  );
  expect(await hear(open(url, 'ringflow', 'pass:word'))).toEqual([10, '345']);
  for (const source of [open(url, 'ringflow', 'wrong'), open(url)]) {
    await expect(source.find([name])).rejects.toMatchObject({ code: 'REFUSED' });
  }
  await expect(open(url, 'ringflow', 'wrong').reach()).rejects.toMatchObject({ code: 'REFUSED' });
});

it('takes its password nowhere else', async () => {
  let heard = 0;
  const elsewhere = await serve((_, reply) => {
    heard++;
    reply.end();
  });
  const url = await serve((_, reply) => void reply.writeHead(302, { location: elsewhere }).end());
  await expect(open(url, 'ringflow', 'word').find([name])).rejects.toMatchObject({ code: 'MOVED' });
  expect(heard).toBe(0);
});

it.each<[string, Behaviour]>([
  [
    'knows no HEAD',
    (request, reply) => (request.method === 'HEAD' ? reply.writeHead(405).end() : folder(request, reply)),
  ],
  [
    'knows no ranges',
    (request, reply) => {
      request.headers.range = undefined;
      folder(request, reply);
    },
  ],
])('a server that %s will do', async (_, behave) => expect(await hear(open(await serve(behave)))).toEqual([10, '345']));

it('a page in the place of a file is no file, and trouble is told as such', async () => {
  const page = await serve((_, reply) => void reply.writeHead(200, { 'content-type': 'text/html' }).end('Sign in'));
  expect(await open(page).find([name])).toBeUndefined();
  const broken = await serve((_, reply) => void reply.writeHead(500).end());
  await expect(open(broken).find([name])).rejects.toMatchObject({ code: 'HTTP', value: '500' });
  await expect(open('http://127.0.0.1:1/recordings').find([name])).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
