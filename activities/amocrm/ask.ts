import { pausing } from './client.ts';
import { AmocrmError, errorOfAnswer } from './errors.ts';
import { type Hear, heard } from './exchange.ts';
import type { RequestLimiter } from './limiter.ts';

/** `status` undefined: there is no answer, in words why. */
export type Answer = { status: number; body: unknown } | { status: undefined; words: string };

/** Never throws: whoever asks may hold what was given only once. A body that is no JSON is undefined. */
export type Ask = (url: string, init: RequestInit) => Promise<Answer>;

/** An answer that comes too late is lost, and with it what it gave. */
const timeoutMs = 15_000;

/** Asks amoCRM without the pass that the client carries: for one, or to try it. */
export function createAsk(limiter: RequestLimiter, hear?: Hear): Ask {
  return async (url, init) => {
    try {
      const place = await limiter.place();
      const response = await heard(hear, { method: init.method ?? 'GET', url }, () => send(url, init));
      if (!response) return silence('amoCRM gave no answer');
      place.answered();
      const error = await errorOfAnswer(response);
      if (error && pausing.has(error.code)) throw await limiter.pause(error);
      return { status: response.status, body: json(await response.text()) };
    } catch (error) {
      return silence(error instanceof AmocrmError ? error.message : 'amoCRM could not be asked');
    }
  };
}

const silence = (words: string): Answer => ({ status: undefined, words });

async function send(url: string, init: RequestInit): Promise<Response | undefined> {
  try {
    const headers = { 'User-Agent': 'Ringflow/0.1', ...init.headers };
    return await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  } catch {
    return undefined; // the error may quote what was sent
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
