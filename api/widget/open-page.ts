import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PeopleOf } from '../../activities/store/people.ts';
import type { WidgetCard } from '../../activities/store/widget-cards.ts';
import type { Ticket } from '../../activities/store/widget-pages.ts';
import type { ClickChange } from '../../proto/calling/told-click.ts';
import { phonesOf } from '../../proto/employees.ts';
import type { LiveCall, LiveChange } from '../../proto/live-call.ts';
import type { LiveFeed } from '../live/feed.ts';
import type { ApiTools } from '../tools.ts';
import { cardId } from './card.ts';
import type { createLines } from './line.ts';
import type { createWidgetNews } from './news.ts';
import { Screen, type WidgetEvent } from './screen.ts';

const usualPace = {
  /** Also how soon other phones of a person, a new PBX and a line that is down are noticed. */
  beatEveryMs: 10_000,
  /** Then amoCRM is to sign once more who is there: they may have left it, or lost their rights. */
  provenForMs: 60 * 60_000,
};
/** Whoever reads so slowly begins anew. */
const mostBytesBehind = 500_000;

interface Shared extends Pick<ApiTools, 'accounts' | 'pbxs' | 'clicks' | 'widgetCards' | 'widgetPages'> {
  feed: LiveFeed;
  news: ReturnType<typeof createWidgetNews>;
  peopleOf: PeopleOf;
  lineOf: ReturnType<typeof createLines>;
}

/** A page of amoCRM with our widget, for as long as its stream is open. */
export class OpenPage {
  readonly stream = new Readable({ read: () => undefined });
  readonly #whose: Ticket;
  readonly #shared: Shared;
  readonly #screen: Screen;
  readonly #ended = new AbortController();
  readonly #unproven: AbortSignal;
  readonly #beatEveryMs: number;
  #pbxIds: readonly string[] = [];

  /** The feeds must be ready: what happens from now on is heard. */
  constructor(whose: Ticket, shared: Shared, { beatEveryMs, provenForMs } = usualPace) {
    this.#unproven = AbortSignal.timeout(provenForMs);
    this.#beatEveryMs = beatEveryMs;
    this.#whose = whose;
    this.#shared = shared;
    this.#screen = new Screen({ userId: whose.userId, extensions: [] }, whose.language, (event) => this.#tell(event));
    const leaveNews = shared.news.follow({
      onCard: (card) => this.#noteCard(card),
      onClick: (change) => this.#noteClick(change),
      onLost: () => this.#end(),
    });
    const leaveCalls = shared.feed.follow({
      onChange: (change) => this.#noteCall(change),
      onLost: () => this.#end(),
    });
    this.stream.once('close', () => {
      leaveNews();
      leaveCalls();
      this.#ended.abort();
    });
    void this.#live().catch(() => this.#end());
  }

  async #live(): Promise<void> {
    const { widgetPages } = this.#shared;
    const signal = AbortSignal.any([this.#ended.signal, this.#unproven]);
    const pageId = await widgetPages.open(this.#whose);
    try {
      this.#tell({ event: 'page', data: { pageId, signEveryMs: widgetPages.signEveryMs } });
      await this.#beat();
      await this.#fill();
      this.#tell({ event: 'whole', data: {} });
      for (;;) {
        await sleep(this.#beatEveryMs, undefined, { signal });
        if (!(await widgetPages.isOpen(pageId))) throw new Error('A page that sleeps begins anew when it wakes up.');
        if (await this.#beat()) await this.#fill();
      }
    } finally {
      // one that is only to begin anew stays meanwhile
      if (!this.#unproven.aborted) await widgetPages.noteClosed(this.#whose, pageId).catch(() => undefined);
    }
  }

  /** @returns whether the page may have to show others than before. @throws if it is to show nothing any more */
  async #beat(): Promise<boolean> {
    const { accounts, pbxs, peopleOf, lineOf } = this.#shared;
    const { accountId, userId, language } = this.#whose;
    const [account, people, all] = await Promise.all([accounts.find(accountId), peopleOf(accountId), pbxs.list()]);
    const isOver = account === undefined || account.state === 'disconnected' || people.inactiveUsers.includes(userId);
    if (isOver) throw new Error('Who has gone sees no more calls.');
    const pbxIds = all.flatMap((pbx) => (pbx.accountId === accountId ? [pbx.id] : []));
    const areOthers = pbxIds.join() !== this.#pbxIds.join();
    this.#pbxIds = pbxIds;
    const hasOtherPhones = this.#screen.see({ userId, extensions: phonesOf(userId, people.employees) });
    this.#screen.noteLine(await lineOf(accountId, userId, language));
    this.#tell({ event: 'ping', data: {} });
    return areOthers || hasOtherPhones;
  }

  /** All that the page should show now. */
  async #fill(): Promise<void> {
    const { feed, widgetCards, clicks } = this.#shared;
    const calls = feed.calls.filter(({ pbxId }) => this.#pbxIds.includes(pbxId));
    const cards = await Promise.all(calls.map(({ pbxId, linkedid }) => widgetCards.read(pbxId, linkedid)));
    for (const card of cards) if (card) this.#noteCard(card);
    for (const click of await clicks.toldTo(this.#whose.accountId, this.#whose.userId)) this.#screen.noteClick(click);
  }

  #noteCard(card: WidgetCard): void {
    if (!this.#pbxIds.includes(card.pbxId)) return;
    this.#screen.noteCard(card, this.#callOf(card)); // as it stands now: it may have ended meanwhile
  }

  #noteCall({ pbxId, linkedid, entry }: LiveChange): void {
    if (!this.#pbxIds.includes(pbxId)) return;
    if (entry) this.#screen.noteCall(entry.call);
    else this.#screen.noteOver(cardId({ pbxId, linkedid }));
  }

  #noteClick({ accountId, userId, click }: ClickChange): void {
    if (accountId === this.#whose.accountId && userId === this.#whose.userId) this.#screen.noteClick(click);
  }

  #callOf({ pbxId, linkedid }: Pick<LiveCall, 'pbxId' | 'linkedid'>): LiveCall | undefined {
    return this.#shared.feed.calls.find((call) => call.pbxId === pbxId && call.linkedid === linkedid);
  }

  #tell({ event, data }: WidgetEvent): void {
    if (this.#ended.signal.aborted) return;
    this.stream.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (this.stream.readableLength > mostBytesBehind) this.stream.destroy();
  }

  #end(): void {
    if (this.#ended.signal.aborted) return;
    this.stream.push(null);
    this.#ended.abort();
  }
}
