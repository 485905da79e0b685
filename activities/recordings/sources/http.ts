import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { SourceOf } from '../../../proto/recordings/source.ts';
import { asSourceError, type ByteRange, type RecordingSource, type SoundFile, SourceError } from './source.ts';

const patience = { connect: { timeout: 5_000 }, headersTimeout: 10_000, bodyTimeout: 30_000 };

/** A folder that a web server gives out. It is not followed elsewhere: there our password would go too. */
export function openHttp({ url, user }: SourceOf<'http'>, secret: string | undefined): RecordingSource {
  const agent = new Agent(patience);
  const base = new URL(url.endsWith('/') ? url : `${url}/`);
  const authorization =
    user === null ? {} : { authorization: `Basic ${Buffer.from(`${user}:${secret ?? ''}`).toString('base64')}` };

  /** @throws SourceError unless it was answered with sound, or with nothing there */
  async function ask(
    method: 'GET' | 'HEAD',
    path: string,
    range?: ByteRange,
  ): Promise<Dispatcher.ResponseData | undefined> {
    const headers = {
      ...{ ...authorization, 'accept-encoding': 'identity' },
      ...(range && { range: `bytes=${range.start}-${range.end}` }),
    };
    const answer = await agent
      .request({ method, origin: base.origin, path: base.pathname + encoded(path), headers })
      .catch((error) => {
        throw asSourceError(error);
      });
    const { statusCode } = answer;
    if (statusCode === 200 || statusCode === 206) return answer;
    await answer.body.dump().catch(() => undefined);
    if (statusCode === 404 || statusCode === 410 || statusCode === 416) return undefined;
    if (statusCode === 401 || statusCode === 403) throw new SourceError('REFUSED');
    if (statusCode >= 300 && statusCode < 400) throw new SourceError('MOVED');
    throw new SourceError('HTTP', String(statusCode));
  }

  /** Some servers know no HEAD: the first byte tells the same. */
  async function headOf(path: string): Promise<Dispatcher.ResponseData | undefined> {
    try {
      const answer = await ask('HEAD', path);
      if (!answer || lengthOf(answer) !== undefined) return answer;
    } catch (error) {
      if (!(error instanceof SourceError && ['405', '501'].includes(error.value))) throw error;
    }
    return ask('GET', path, { start: 0, end: 0 });
  }

  return {
    async reach() {
      try {
        await (await ask('GET', ''))?.body.dump();
      } catch (error) {
        // a folder may be kept from being listed although its files are given out; an authority says who it asks for
        const isOnlyUnlisted = error instanceof SourceError && error.code === 'REFUSED' && user === null;
        if (!isOnlyUnlisted && (error as SourceError).code !== 'MOVED') throw error;
      }
    },

    async find(paths) {
      for (const path of paths) {
        const answer = await headOf(path);
        await answer?.body.dump().catch(() => undefined);
        const sizeBytes = answer && lengthOf(answer);
        if (!answer || sizeBytes === undefined || isPage(answer)) continue;
        const changedAtMs = Date.parse(String(answer.headers['last-modified'] ?? '')) || 0;
        return { path, sizeBytes, changedAtMs };
      }
      return undefined;
    },

    async read({ path }: SoundFile, range) {
      const answer = await ask('GET', path, range);
      if (!answer) throw new SourceError('ENOENT');
      const skip = answer.statusCode === 206 ? 0 : range.start; // it knows no ranges
      return Readable.from(part(answer.body, skip, range.end - range.start + 1));
    },

    close: () => void agent.destroy(),
  };
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Of the whole file; undefined if it is not told. */
function lengthOf({ headers }: Dispatcher.ResponseData): number | undefined {
  const whole = /\/(\d+)$/.exec(String(headers['content-range'] ?? ''))?.[1];
  const length = whole ?? headers['content-length'];
  return typeof length === 'string' && /^\d+$/.test(length) ? Number(length) : undefined;
}

/** A page where a file should be: somebody is to sign in, or an error is told as if all were well. */
const isPage = ({ headers }: Dispatcher.ResponseData): boolean =>
  String(headers['content-type'] ?? '').startsWith('text/html');

async function* part(body: AsyncIterable<Buffer>, skipBytes: number, bytes: number): AsyncGenerator<Buffer> {
  let [skip, left] = [skipBytes, bytes];
  for await (const chunk of body) {
    const wanted = chunk.subarray(Math.min(skip, chunk.length)).subarray(0, left);
    skip = Math.max(0, skip - chunk.length);
    left -= wanted.length;
    if (wanted.length > 0) yield wanted;
    if (left === 0) return;
  }
}
