import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import type { Registration } from '../../proto/journal.ts';
import { isOutsideNumber, maskPhone, maskPhonesIn, type PhonesShown } from '../../proto/phone.ts';
import { searchAttributes } from '../search-attributes.ts';
import { callDetails, outsideNumbersOf, waitsText } from './describe.ts';
import { mainCall } from './interpret/index.ts';
import type { Requests } from './requests.ts';
import type { Story } from './story.ts';

export type CallState = 'ringing' | 'talking' | 'ended' | 'closed' | 'needs attention' | 'joined';

/** More would not be read. */
const mostCallsShown = 10;

/** Temporal takes 2,048 bytes for a list of keywords. */
const mostKeywordBytes = 1_800;

/** What people see of a call in the Temporal UI, and find it by. */
export class Display {
  readonly #story: Story;
  readonly #registrations: ReadonlyMap<string, Registration>;
  readonly #requests: Requests;
  readonly #phones: PhonesShown;
  #state: CallState = 'ringing';

  /** @param registrations by linkedid, what became of calls in amoCRM */
  constructor(story: Story, registrations: ReadonlyMap<string, Registration>, requests: Requests, phones: PhonesShown) {
    this.#story = story;
    this.#phones = phones;
    this.#requests = requests;
    this.#registrations = registrations;
  }

  /** Tells the calls as they stand now, what is waited for, and which of their phases are news. */
  show(calls: readonly Call[]): void {
    const texts = calls.map((call) =>
      callDetails(call, this.#story.tell(call), this.#registrations.get(call.linkedid), this.#phones),
    );
    const waits = waitsText(this.#requests.waits);
    const told = texts.slice(-mostCallsShown).join('\n\n---\n\n');
    const all = waits === '' ? told : `${told}\n\n${waits}`;
    // amoCRM's own words, hooks and doubts may quote a number
    setCurrentDetails(this.#phones === 'full' ? all : maskPhonesIn(all, calls.flatMap(outsideNumbersOf)));
  }

  /** As long as a person is waited for the state says so. */
  enter(next: CallState, calls: readonly Call[]): void {
    const needsHelp = [...this.#registrations.values()].some(({ state }) => state === 'needs-attention');
    const state = needsHelp ? 'needs attention' : next;
    if (this.#state === state) return;
    this.#state = state;
    const call = mainCall(calls);
    upsertSearchAttributes([
      { key: searchAttributes.state, value: state },
      { key: searchAttributes.direction, value: call?.direction ?? null },
      { key: searchAttributes.extension, value: keywords(calls.flatMap(extensionsOf).map((who) => this.#name(who))) },
      { key: searchAttributes.result, value: call?.result ?? null },
    ]);
  }

  #name(who: string): string {
    return this.#phones === 'masked' && isOutsideNumber(who) ? maskPhone(who) : who;
  }
}

/** As many as Temporal takes: an index must never end a call. */
function keywords(words: readonly string[]): string[] {
  let bytes = 0;
  return [...new Set(words)].filter((word) => {
    const isAscii = /^[ -~]*$/.test(word);
    bytes += (isAscii ? word.length : word.length * 3) + 3; // with its quotes and comma
    return bytes <= mostKeywordBytes;
  });
}

function extensionsOf(call: Call): string[] {
  return [...call.conversations.map((c) => c.extension), call.callerExtension].filter((e) => e !== null);
}
