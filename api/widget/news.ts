import type { Redis } from 'ioredis';
import { clicksChannel, readClickChange } from '../../activities/store/clicks.ts';
import { readWidgetCard, type WidgetCard, widgetCardsChannel } from '../../activities/store/widget-cards.ts';
import type { ClickChange } from '../../proto/calling/told-click.ts';

export interface NewsReader {
  onCard(card: WidgetCard): void;
  onClick(change: ClickChange): void;
  /** News may have been missed: whoever reads begins anew. */
  onLost(): void;
}

/** What is told to widgets beside the calls themselves: one subscription of this process for all of them. */
export function createWidgetNews(redis: Redis) {
  const readers = new Set<NewsReader>();
  let subscriber: Redis | undefined;
  let subscribing: Promise<unknown> | undefined;

  const lose = () => {
    subscribing = undefined;
    for (const reader of [...readers]) reader.onLost();
  };
  const hear = (channel: string, text: string) => {
    const card = channel === widgetCardsChannel ? readWidgetCard(text) : undefined;
    const click = channel === clicksChannel ? readClickChange(text) : undefined;
    for (const reader of readers) {
      if (card) reader.onCard(card);
      if (click) reader.onClick(click);
    }
  };
  const begin = (): Redis => {
    const listening = redis.duplicate();
    listening.on('error', () => undefined); // told by the connection that it is a double of
    listening.on('close', lose);
    listening.on('message', hear);
    return listening;
  };

  return {
    /** Resolves when news are heard. @throws if Redis can't be used */
    async ready(): Promise<void> {
      subscriber ??= begin();
      subscribing ??= subscriber.subscribe(widgetCardsChannel, clicksChannel);
      await subscribing;
    },

    /** @returns ends it */
    follow(reader: NewsReader): () => void {
      readers.add(reader);
      return () => void readers.delete(reader);
    },

    close(): void {
      lose();
      subscriber?.disconnect();
      subscriber = undefined;
    },
  };
}
