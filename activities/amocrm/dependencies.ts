import type { Recording } from '../../proto/crm-action.ts';
import type { Brake } from '../store/brake.ts';
import type { Catalogues } from '../store/catalogues.ts';
import type { ClosedLeads } from '../store/closed-leads.ts';
import type { Ledger } from '../store/ledger.ts';
import type { OthersNotes } from '../store/others-notes.ts';
import type { ShownCards } from '../store/shown-cards.ts';
import type { WidgetCards } from '../store/widget-cards.ts';
import type { WidgetPages } from '../store/widget-pages.ts';
import type { AmocrmClient } from './client.ts';
import type { ClientBook } from './client-book.ts';
import type { Gathering } from './gathering/index.ts';

/** What the activities for amoCRM stand on. */
export interface AmocrmDependencies {
  clientOf(accountId: string): AmocrmClient;
  gatheringOf(accountId: string): Gathering;
  closedLeadsOf(accountId: string): ClosedLeads;
  ledger: Ledger;
  othersNotes: Pick<OthersNotes, 'match'>;
  catalogues: Catalogues;
  shownCards: ShownCards;
  /** By key of a card, what goes on in this process though its activity is over. */
  triesUnderWay: Map<string, Promise<unknown>>;
  widgetPages: Pick<WidgetPages, 'whoIsThere'>;
  widgetCards: Pick<WidgetCards, 'show' | 'name' | 'read'>;
  book: ClientBook;
  /** By which users of amoCRM hear a recording; undefined: there is none to be given out. */
  recordingLinkOf(accountId: string, recording: Recording): Promise<string | undefined>;
  brake: Brake;
  /** A card was shown in this account. */
  noteCard(accountId: string): Promise<void>;
  /** Whether somebody of this account has talked with this client in a call that began after that moment. */
  hasTalkedSince(accountId: string, phone: string, sinceMs: number): Promise<boolean>;
}

/** So many new ones of a kind are made for a number that was called. */
export interface BrakeLimit {
  did: string;
  mostPerHour: number;
}
