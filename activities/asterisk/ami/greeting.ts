import { connect } from 'node:net';

/** What listens somewhere said first; it is known by it before any secret is sent there. */
export type Greeting =
  | { kind: 'ami'; version: string }
  /** Something else: its first words. */
  | { kind: 'other'; said: string }
  /** Not a word in time. */
  | { kind: 'silent' }
  /** There is no connection: the code of the system. */
  | { kind: 'unreachable'; code: string };

const longestGreeting = 500;
const fitsWords = 60;

/**
 * @param waitMs for the connection and for the first line together
 * @param giveUp ends the waiting; then it is `unreachable`
 */
export function readGreeting(host: string, port: number, waitMs: number, giveUp?: AbortSignal): Promise<Greeting> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, ...(giveUp && { signal: giveUp }) });
    let text = '';
    let isConnected = false;
    const end = (greeting: Greeting) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(greeting);
    };
    const timer = setTimeout(
      () => end(isConnected ? toldBy(text) : { kind: 'unreachable', code: 'ETIMEDOUT' }),
      waitMs,
    );
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      isConnected = true;
    });
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n') || text.length > longestGreeting) end(toldBy(text));
    });
    socket.on('end', () => end(toldBy(text)));
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => end({ kind: 'unreachable', code }));
  });
}

function toldBy(text: string): Greeting {
  const version = /^Asterisk Call Manager\/([\d.]{1,20})\r?\n/.exec(text)?.[1];
  if (version !== undefined) return { kind: 'ami', version };
  const words = text.replace(/[^\x20-\x7e]+/g, ' ').trim();
  return text === '' ? { kind: 'silent' } : { kind: 'other', said: words.slice(0, fitsWords) };
}
