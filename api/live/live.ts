import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LiveCall, type LiveChange } from '../../proto/live-call.ts';
import { maySeeAccount } from '../../proto/user.ts';
import { findSignedIn, userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { sendEvents } from '../event-stream.ts';
import { isVisible, ownExtensions, pbxsOf } from '../journal/visible.ts';
import { eventRoute, ofAccount } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import type { LiveFeed } from './feed.ts';

const VisibleCall = Type.Omit(LiveCall, ['extensions']);
const Over = Type.Object({
  pbxId: Type.String(),
  linkedid: Type.String(),
  /** Its page can be opened. */
  isInJournal: Type.Boolean(),
});
/** ms since the epoch: clocks of browsers are often wrong. */
const Now = Type.Object({ nowMs: Type.Integer() });
const Event = Type.Union([
  Type.Object({
    event: Type.Literal('snapshot'),
    data: Type.Object({ nowMs: Type.Integer(), calls: Type.Array(VisibleCall) }),
  }),
  Type.Object({ event: Type.Literal('call'), data: VisibleCall }),
  Type.Object({ event: Type.Literal('over'), data: Over }),
  Type.Object({ event: Type.Literal('beat'), data: Now }),
]);
type Event = Type.Static<typeof Event>;

/** Also how soon a stream ends whose session has ended, or whose person may see less than before. */
const beatEveryMs = 15_000;
/** Each open page has one. */
const mostStreamsOfUser = 10;
/** Whoever reads so slowly begins anew. */
const mostBytesBehind = 1_000_000;

/** What a person may follow: calls of these PBXs; `own` undefined: everybody's. */
interface View {
  pbxIds: readonly string[];
  own: readonly string[] | undefined;
}

/** The calls that go on now, and each change. */
export function serveLive(app: Api, tools: ApiTools, feed: LiveFeed): void {
  const streamsOf = new Map<number, number>();

  const viewOf = async (request: FastifyRequest, account: string): Promise<View> => ({
    pbxIds: (await pbxsOf(account, tools)).map(({ id }) => id),
    own: ownExtensions(userOf(request)),
  });

  /** @returns undefined if they may not follow this account any more */
  const viewNow = async (request: FastifyRequest, account: string): Promise<View | undefined> => {
    request.signedIn = await findSignedIn(request, tools);
    const user = request.signedIn?.user;
    return user && maySeeAccount(user, account) ? viewOf(request, account) : undefined;
  };

  app.get(
    '/api/accounts/:account/live',
    eventRoute('signed-in', 'followCalls', { params: ofAccount }, Event),
    async (request, reply) => {
      const { account } = request.params;
      const view = await viewOf(request, account);
      const userId = userOf(request).id;
      await feed.ready();
      const open = streamsOf.get(userId) ?? 0;
      if (open >= mostStreamsOfUser) throw new ApiError(429, 'too-many-streams');
      streamsOf.set(userId, open + 1);
      const isSameView = async () => JSON.stringify(await viewNow(request, account)) === JSON.stringify(view);
      const stream = streamOf(feed, view, isSameView, () => {
        const left = (streamsOf.get(userId) ?? 1) - 1;
        if (left > 0) streamsOf.set(userId, left);
        else streamsOf.delete(userId);
      });
      return sendEvents(reply, stream);
    },
  );
}

/** @param isSameView asked again and again: if not, the stream ends and whoever may begins anew */
function streamOf(feed: LiveFeed, view: View, isSameView: () => Promise<boolean>, onEnd: () => void): Readable {
  const stream = new Readable({ read: () => undefined });
  const told = new Set<string>();
  let id = 0;
  let isOver = false;
  const end = () => {
    if (!isOver) stream.push(null);
    isOver = true;
  };
  const tell = ({ event, data }: Event) => {
    if (isOver) return;
    stream.push(`id: ${++id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (stream.readableLength > mostBytesBehind) stream.destroy();
  };
  const mayBeSeen = (call: LiveCall) => view.pbxIds.includes(call.pbxId) && isVisible(call.extensions, view.own);
  const tellChange = ({ pbxId, linkedid, entry, isInJournal }: LiveChange) => {
    const key = `${pbxId} ${linkedid}`;
    if (entry && mayBeSeen(entry.call)) {
      told.add(key);
      tell({ event: 'call', data: visible(entry.call) });
    } else if (told.has(key)) {
      if (isInJournal) told.delete(key);
      tell({ event: 'over', data: { pbxId, linkedid, isInJournal } });
    }
  };
  const calls = feed.calls.filter(mayBeSeen);
  for (const { pbxId, linkedid } of calls) told.add(`${pbxId} ${linkedid}`);
  stream.push('retry: 2000\n\n');
  tell({ event: 'snapshot', data: { nowMs: Date.now(), calls: calls.map(visible) } });
  const leave = feed.follow({ onChange: tellChange, onLost: end });
  const beat = setInterval(async () => {
    if (!(await isSameView().catch(() => false))) return end();
    tell({ event: 'beat', data: { nowMs: Date.now() } });
  }, beatEveryMs);
  stream.once('close', () => {
    clearInterval(beat);
    leave();
    onEnd();
  });
  return stream;
}

const visible = ({ extensions: _, ...call }: LiveCall) => call;
