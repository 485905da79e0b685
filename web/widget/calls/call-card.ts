import type { WidgetCall, WidgetClient } from '../../../proto/widget.ts';
import { entityPage, makeResponsible, newContactPage } from '../amocrm/account-api.ts';
import { managerName } from '../amocrm/page.ts';
import { closable } from '../dock/dock.ts';
import { lead as link, make, say } from '../dock/make.ts';
import { filled, phoneText, type Texts } from '../texts.ts';
import { doingOf, kindOf, numberOf, timeSince } from './call-words.ts';
import type { ClientBook, ClientFacts } from './client-facts.ts';

/** What a card is made with. */
export interface CardTools {
  texts: Texts;
  book: ClientBook;
  userId: number;
  /** The person has closed it by hand. */
  close(): void;
}

/** The card of one call. Its parts stay what they are while the call goes on, so that nobody loses their place. */
export class CallCard {
  readonly element: HTMLElement;
  readonly #tools: CardTools;
  #call: WidgetCall;
  #facts: ClientFacts | undefined;
  readonly #kind = make('span', {});
  readonly #doing = make('span', { class: 'ringflow-widget__doing' });
  readonly #time = make('span', { class: 'ringflow-widget__time', role: 'timer' });
  readonly #name = make('a', { class: 'ringflow-widget__name' });
  readonly #stranger = make('p', { class: 'ringflow-widget__name' });
  readonly #number = make('p', { class: 'ringflow-widget__number' });
  readonly #did = make('p', { class: 'ringflow-widget__fact' });
  readonly #company = make('a', {});
  readonly #companyLine = make('p', { class: 'ringflow-widget__fact' });
  readonly #responsible = make('p', { class: 'ringflow-widget__fact' });
  readonly #lead = make('a', {});
  readonly #moreLeads = make('span', {});
  readonly #leadLine = make('p', { class: 'ringflow-widget__fact' });
  readonly #open = make('a', { class: 'ringflow-widget__button' });
  readonly #create = make('a', { class: 'ringflow-widget__button' });
  readonly #take = make('button', { type: 'button', class: 'ringflow-widget__button ringflow-widget__button--quiet' });
  readonly #note = make('p', { class: 'ringflow-widget__note', role: 'status' });

  constructor(call: WidgetCall, tools: CardTools) {
    const { call: words } = tools.texts;
    this.#tools = tools;
    this.#call = call;
    this.element = make('article', { class: 'ringflow-widget__card' });
    const head = make('p', { class: 'ringflow-widget__head' }, this.#kind, this.#doing, this.#time);
    this.#companyLine.append(`${words.company}: `, this.#company);
    this.#leadLine.append(`${words.lead}: `, this.#lead, this.#moreLeads);
    this.#take.append(words.take);
    this.#take.addEventListener('click', () => void this.#takeOver());
    const actions = make('div', { class: 'ringflow-widget__actions' }, this.#open, this.#create, this.#take);
    const facts = [this.#companyLine, this.#leadLine, this.#responsible, this.#did];
    const cross = closable(this.element, words.close, tools.close);
    this.element.append(head, this.#name, this.#stranger, this.#number, ...facts, actions, this.#note, cross);
    say(this.#note, undefined);
    this.update(call);
  }

  update(call: WidgetCall): void {
    const isOther = !isSame(this.#call.client, call.client);
    this.#call = call;
    if (isOther) this.#facts = undefined;
    this.#show();
    void this.#readFacts(call.client ?? null);
  }

  /** Whom the call is with, for who can't see the card. */
  get who(): string {
    return this.#call.client ? this.#nameOf(this.#call.client) : numberOf(this.#call, this.#tools.texts);
  }

  tick(): void {
    this.#time.textContent = timeSince(this.#call.sinceMs);
  }

  /** The call is no more this person's; says why. */
  end(words: string): void {
    this.element.classList.add('ringflow-widget__card--ended');
    this.#doing.hidden = true;
    this.#time.hidden = true;
    say(this.#note, words);
  }

  #show(): void {
    const { texts } = this.#tools;
    const { client, did, number } = this.#call;
    const isStranger = client === null && number !== null;
    this.#kind.textContent = kindOf(this.#call, texts);
    this.#doing.textContent = doingOf(this.#call, texts);
    this.tick();
    this.element.setAttribute('aria-label', `${kindOf(this.#call, texts)}: ${this.who}`);
    this.element.classList.toggle('ringflow-widget__card--stranger', isStranger);
    link(this.#name, client ? entityPage(client.entityType, client.entityId) : undefined, this.who);
    say(this.#stranger, client ? undefined : this.who);
    say(this.#number, client ? numberOf(this.#call, texts) : this.#aboutStranger());
    say(this.#did, did === null ? undefined : filled(texts.call.calledUs, { number: phoneText(did) }));
    link(this.#create, isStranger ? newContactPage(number) : undefined, texts.call.create);
    this.#showFacts();
  }

  #showFacts(): void {
    const { texts, userId } = this.#tools;
    const client = this.#call.client ?? null;
    const { company, companyId } = this.#facts ?? {};
    link(this.#company, companyId === undefined ? undefined : entityPage('companies', companyId), company ?? '');
    this.#companyLine.hidden = company === undefined;
    const responsible = this.#responsibleOf(client);
    const name =
      responsible === userId ? texts.call.you : responsible === undefined ? undefined : managerName(responsible);
    say(this.#responsible, name === undefined ? undefined : filled(texts.call.responsible, { name }));
    this.#take.hidden = client === null || responsible === undefined || responsible === userId;
    this.#showLead(client?.openLeadIds ?? []);
    const [leadId] = client?.openLeadIds ?? [];
    if (client === null) link(this.#open, undefined, '');
    else if (leadId !== undefined) link(this.#open, entityPage('leads', leadId), texts.call.openLead);
    else link(this.#open, entityPage(client.entityType, client.entityId), texts.call.openClient);
  }

  #showLead([first, ...others]: number[]): void {
    this.#leadLine.hidden = first === undefined;
    if (first === undefined) return;
    link(this.#lead, entityPage('leads', first), this.#lead.textContent || `№ ${first}`);
    this.#moreLeads.textContent = others.length > 0 ? ` +${others.length}` : '';
  }

  async #readFacts(client: WidgetClient | null): Promise<void> {
    if (client === null) return;
    const { book } = this.#tools;
    const [leadId] = client.openLeadIds;
    const [facts, leadName] = await Promise.all([
      book.facts(client),
      leadId === undefined ? undefined : book.leadName(leadId),
    ]);
    if (!isSame(this.#call.client, client)) return;
    this.#facts = facts;
    if (leadName) this.#lead.textContent = leadName;
    this.#show();
  }

  async #takeOver(): Promise<void> {
    const client = this.#call.client ?? null;
    if (client === null || this.#take.getAttribute('aria-disabled') === 'true') return;
    const { texts, book, userId } = this.#tools;
    this.#take.setAttribute('aria-disabled', 'true');
    const isDone = await makeResponsible(client.entityType, client.entityId, userId).catch(() => false);
    this.#take.removeAttribute('aria-disabled');
    if (isDone) {
      book.forget(client);
      await this.#readFacts(client);
    }
    say(this.#note, isDone ? texts.call.taken : texts.call.notTaken);
  }

  /** While nobody is known. */
  #aboutStranger(): string | undefined {
    const { texts } = this.#tools;
    if (this.#call.number === null) return undefined;
    return this.#call.client === null ? texts.call.unknown : texts.call.searching;
  }

  #nameOf(client: WidgetClient): string {
    return this.#facts?.name || client.name || numberOf(this.#call, this.#tools.texts);
  }

  #responsibleOf(client: WidgetClient | null): number | undefined {
    return this.#facts?.responsibleUserId ?? client?.responsibleUserId ?? undefined;
  }
}

function isSame(one: WidgetCall['client'], other: WidgetCall['client']): boolean {
  return one?.entityType === other?.entityType && one?.entityId === other?.entityId;
}
