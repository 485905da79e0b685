import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server of this machine that takes mail of one user. */
export interface MailServer {
  /** With user and password. */
  url: string;
  port: number;
  /** What it has taken so far, as it came. */
  mails: { to: string[]; raw: string }[];
  close(): Promise<void>;
}

const mailPassword = 'm@il s3cret';

/** @param isRefusing it takes nobody's mail */
export async function startMailServer(isRefusing = false): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  const server = new SMTPServer({
    ...{ authOptional: false, allowInsecureAuth: true, disabledCommands: ['STARTTLS'] },
    onAuth({ username, password }, _session, callback) {
      const isKnown = username === 'ringflow' && password === mailPassword;
      callback(isKnown ? null : new Error('Invalid username or password'), { user: username });
    },
    onData(stream, { envelope }, callback) {
      void text(stream).then((raw) => {
        if (isRefusing) return callback(Object.assign(new Error('Mailbox full'), { responseCode: 452 }));
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), raw });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    ...{ mails, port, url: `smtp://ringflow:${encodeURIComponent(mailPassword)}@127.0.0.1:${port}` },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What stands where Telegram or somebody's program is asked. */
export interface Receiver {
  url: string;
  heard: { path: string; headers: IncomingHttpHeaders; body: string }[];
  /** How it answers from now on; by silence: `status` null. */
  answer(status: number | null, body?: object): void;
  /** Resolves with the first state of `heard` that fits. */
  until(fits: (heard: Receiver['heard']) => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const heard: Receiver['heard'] = [];
  const listeners = new Set<() => void>();
  let [status, answer]: [number | null, object] = [200, { ok: true }];
  const server = createServer(async (request, response) => {
    heard.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
    for (const listener of listeners) listener();
    if (status !== null) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    answer(nextStatus, body = { ok: true }) {
      [status, answer] = [nextStatus, body];
    },
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          if (!fits(heard)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
