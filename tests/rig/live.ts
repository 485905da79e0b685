import type { LiveCall } from '../../proto/live-call.ts';
import { type EventStream, type Field, readEvents } from './event-stream.ts';

type SeenCall = Omit<LiveCall, 'extensions'>;

/** Somebody who follows calls, as the page does: what they see is made of nothing but the events. */
export interface Follower extends EventStream {
  /** By linkedid, as they stand now. */
  readonly calls: ReadonlyMap<string, SeenCall>;
  /** Every event in order: its name, and of which call it tells. */
  readonly heard: readonly { id: number; event: string; linkedid: string | undefined; isInJournal: boolean }[];
}

/** Resolves with the whole. @throws if the API refuses; the message is its answer */
export async function followCalls(url: string, account: string, cookie: string): Promise<Follower> {
  const address = `${url}/api/accounts/${encodeURIComponent(account)}/live`;
  const calls = new Map<string, SeenCall>();
  const heard: Follower['heard'][number][] = [];
  const hear = (field: Field) => {
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
  const { ended, until, leave } = await readEvents(address, { cookie }, hear, () => heard);
  await until(() => heard.length > 0);
  return { calls, heard, ended, until, leave };
}
