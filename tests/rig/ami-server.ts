import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { AmiAccess } from '../../proto/ami.ts';

/** An action as it has come. */
export type AmiAction = Readonly<Record<string, string>>;

/** One who is connected. */
export interface AmiPeer {
  /** Writes messages; lines of each are parted by `\n` here. Without an end of its own a message is left in part. */
  say(text: string): void;
  answer(action: AmiAction, lines?: string): void;
  drop(): void;
  /** With the error by which its connection has ended, if there was one. */
  ended: Promise<NodeJS.ErrnoException | undefined>;
}

type Behaviour = (action: AmiAction, peer: AmiPeer) => void;

/** A manager interface by script: what is not told otherwise it does as Asterisk would, with no channels. */
export interface AmiServer {
  access: AmiAccess;
  /** What it does with an action, by its name; may be changed at any time. */
  on: Record<string, Behaviour>;
  actions: AmiAction[];
  /** Those who are signed in or have tried to. */
  peers: Set<AmiPeer>;
  /** Resolves with the next action of that name. */
  next(name: string): Promise<AmiAction>;
  /** Cuts all connections, and whoever comes is sent away, until it comes back. */
  leave(): void;
  comeBack(): void;
  close(): Promise<void>;
}

const wholeMessage = '\n\n';

export async function startAmiServer(greeting = 'Asterisk Call Manager/11.0.0\n'): Promise<AmiServer> {
  const sockets = new Set<Socket>();
  const waiting: { name: string; tell(action: AmiAction): void }[] = [];
  const peers = new Set<AmiPeer>();
  const actions: AmiAction[] = [];
  const on: Record<string, Behaviour> = {
    login: (action, peer) => peer.answer(action, 'Message: Authentication accepted\n\nEvent: FullyBooted'),
    Events: (action, peer) => peer.answer(action, 'Events: On'),
    Ping: (action, peer) => peer.answer(action, 'Ping: Pong'),
    CoreShowChannels: (action, peer) => listChannels(action, peer, []),
  };
  let isAway = false;
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((socket) => {
    if (isAway) return void socket.destroy();
    sockets.add(socket);
    const ended = new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      socket.on('error', resolve).on('close', () => resolve(undefined));
    });
    const peer: AmiPeer = {
      say: (text) => void socket.write(text.replaceAll('\n', '\r\n')),
      answer: (action, lines) =>
        peer.say(`Response: Success\nActionID: ${action.ActionID}${lines ? `\n${lines}` : ''}${wholeMessage}`),
      drop: () => socket.destroy(),
      ended,
    };
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const messages = text.split('\r\n\r\n');
      text = messages.pop() ?? '';
      for (const message of messages) take(actionOf(message), peer);
    });
    socket.on('close', () => {
      sockets.delete(socket);
      peers.delete(peer);
    });
    peer.say(greeting);
  });
  const take = (action: AmiAction, peer: AmiPeer) => {
    peers.add(peer);
    actions.push(action);
    const name = action.Action ?? '';
    for (const one of waiting.filter((each) => each.name === name)) {
      waiting.splice(waiting.indexOf(one), 1);
      one.tell(action);
    }
    on[name]?.(action, peer);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ on, actions, peers, access: { host: '127.0.0.1', port, user: 'ringflow', secret: 'secret-word' } },
    next: (name) => new Promise((tell) => waiting.push({ name, tell })),
    leave() {
      isAway = true;
      cutAll();
    },
    comeBack() {
      isAway = false;
    },
    async close() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** By which the connector finds it. */
export const amiVariables = ({ host, port, user, secret }: AmiAccess): Record<string, string> => ({
  ...{ PBX_AMI_HOST: host, PBX_AMI_PORT: String(port), PBX_AMI_USER: user, PBX_AMI_SECRET: secret },
});

/** @param channels their headers, one text each */
export function listChannels(action: AmiAction, peer: AmiPeer, channels: readonly string[]): void {
  const id = `ActionID: ${action.ActionID}`;
  peer.answer(action, 'EventList: start');
  for (const channel of channels) peer.say(`Event: CoreShowChannel\n${id}\n${channel}${wholeMessage}`);
  peer.say(`Event: CoreShowChannelsComplete\n${id}\nEventList: Complete${wholeMessage}`);
}

function actionOf(message: string): AmiAction {
  const headers = message.split('\r\n').map((line) => line.split(/: (.*)/s));
  return Object.fromEntries(headers.map(([name, value = '']) => [name, value]));
}
