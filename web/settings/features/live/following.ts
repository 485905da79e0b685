import type { paths } from '../../../../proto/generated/api.ts';

type LivePath = paths['/api/accounts/{account}/live']['get'];
export type LiveEvent = LivePath['responses'][200]['content']['text/event-stream'];
export type LiveCall = Extract<LiveEvent, { event: 'call' }>['data'];
export type Doing = LiveCall['parts'][number]['doing'];

export interface OverCall {
  call: LiveCall;
  /** Its page can be opened. */
  isInJournal: boolean;
}

/** What is known of the calls that go on. */
export interface Following {
  /** `lost`: what is shown may be old; it is tried again. */
  connection: 'connecting' | 'live' | 'lost';
  /** In order of their beginning. */
  calls: LiveCall[];
  /** Calls that ended while one looked on, the latest first. */
  over: OverCall[];
  /** By how much the server's clock is ahead of this browser's. */
  aheadMs: number;
}

export type Heard = LiveEvent | { event: 'lost' };

export const nothingHeard: Following = { connection: 'connecting', calls: [], over: [], aheadMs: 0 };

const mostOver = 5;

/** How it stands after what was heard. @param nowMs by this browser's clock */
export function afterHearing(following: Following, heard: Heard, nowMs: number): Following {
  if (heard.event === 'lost') return { ...following, connection: 'lost' };
  if (heard.event === 'beat') return { ...following, aheadMs: heard.data.nowMs - nowMs };
  if (heard.event === 'snapshot') {
    const { calls } = heard.data;
    const gone = following.calls.filter((call) => !calls.some((one) => isSame(one, call)));
    const over = gone.reduce((before, call) => withOver(before, { call, isInJournal: true }), following.over);
    return { connection: 'live', calls: inOrder(calls), over, aheadMs: heard.data.nowMs - nowMs };
  }
  const others = following.calls.filter((call) => !isSame(call, heard.data));
  if (heard.event === 'call') {
    const over = following.over.filter(({ call }) => !isSame(call, heard.data));
    return { ...following, calls: inOrder([...others, heard.data]), over };
  }
  const { isInJournal } = heard.data;
  const known = following.calls.find((call) => isSame(call, heard.data));
  const earlier = following.over.find(({ call }) => isSame(call, heard.data));
  const call = known ?? earlier?.call;
  if (!call) return following;
  const over = known
    ? withOver(following.over, { call, isInJournal })
    : following.over.map((one) => (one === earlier ? { call, isInJournal } : one));
  return { ...following, calls: others, over };
}

type CallName = Pick<LiveCall, 'pbxId' | 'linkedid'>;
const isSame = (a: CallName, b: CallName) => a.pbxId === b.pbxId && a.linkedid === b.linkedid;
const inOrder = (calls: readonly LiveCall[]) => calls.toSorted((a, b) => a.startedAtMs - b.startedAtMs);
const withOver = (over: readonly OverCall[], one: OverCall) => [one, ...over].slice(0, mostOver);
