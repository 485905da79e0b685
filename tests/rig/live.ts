import type { LiveCall } from '../../proto/live-call.ts';

type SeenCall = Omit<LiveCall, 'extensions'>;

/** Somebody who follows calls, as the page does: what they see is made of nothing but the events. */
export interface Follower {
  /** By linkedid, as they stand now. */
  readonly calls: ReadonlyMap<string, SeenCall>;
  /** Every event in order: its name, and of which call it tells. */
  readonly heard: readonly { id: number; event: string; linkedid: string | undefined; isInJournal: boolean }[];
  /** Waits until what they see fits; fails when the stream ends before. */
  until(isSo: () => boolean): Promise<void>;
  /** Resolves when the stream has ended. */
  ended: Promise<void>;
  leave(): void;
}

/** Resolves with the whole. @throws if the API refuses; the message is its answer */
export async function followCalls(url: string, account: string, cookie: string): Promise<Follower> {
  const leaving = new AbortController();
  const address = `${url}/api/accounts/${encodeURIComponent(account)}/live`;
  const answer = await fetch(address, { headers: { cookie }, signal: leaving.signal });
  if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`);
  const calls = new Map<string, SeenCall>();
  const heard: Follower['heard'][number][] = [];
  const waiting = new Set<() => void>();
  const hear = (text: string) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
    const event = field('event');
    if (event === undefined) return;
    const data = JSON.parse(field('data') ?? 'null');
    heard.push({ id: Number(field('id')), event, linkedid: data.linkedid, isInJournal: data.isInJournal === true });
    if (event === 'snapshot') {
      calls.clear();
      for (const call of data.calls) calls.set(call.linkedid, call);
    } else if (event === 'call') calls.set(data.linkedid, data);
    else if (event === 'over') calls.delete(data.linkedid);
  };
  const body = answer.body;
  const read = async () => {
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) hear(part);
      for (const look of waiting) look();
    }
  };
  const ended = read().catch(() => undefined); // cut off
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`The stream ended, having told ${JSON.stringify(heard)}`)));
    });
  await until(() => heard.length > 0);
  return { calls, heard, ended, until, leave: () => leaving.abort() };
}
