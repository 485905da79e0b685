import type { CrmChange } from '../crm/crm-change.ts';
import { type Hook, HookList } from './hook-list.ts';

/** How long amoCRM waits (contract 8.4). */
export interface HookPatience {
  /** For an answer. */
  answerWithinMs: number;
  /** Before the second, third, fourth and fifth attempt. */
  waitsMs: number[];
}

/** One attempt; status 499 stands for no answer in time, 0 for no connection. */
export interface HookDelivery {
  destination: string;
  event: string;
  attempt: number;
  status: number;
  at: string;
}

const minuteMs = 60_000;
const vendorsPatience: HookPatience = {
  answerWithinMs: 2000,
  waitsMs: [5 * minuteMs, 15 * minuteMs, 15 * minuteMs, 60 * minuteMs],
};
const attemptsAfterAnyFailure = 3;
const badAnswersWindowMs = 120 * minuteMs;
const badAnswersAllowed = 100;
const keptDeliveries = 1000;

/** Tells subscribers what happens, again and again if they don't answer well, until it gives them up. */
export class HookSender {
  hooks = new HookList();
  deliveries: HookDelivery[] = [];
  patience = vendorsPatience;
  readonly #now: () => number;
  #stop = new AbortController();
  #waiting = new Set<NodeJS.Timeout>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param body made only if somebody is to be told */
  tell({ action, kind }: CrmChange, body: () => string): void {
    const event = `${action}_${kind}`;
    const told = this.hooks.all.filter((hook) => hook.events.some((each) => each === event));
    if (told.length === 0) return;
    const text = body();
    for (const hook of told) void this.#attempt(hook, event, text, 1);
  }

  /** Forgets everybody and what was still to be told. */
  reset(): void {
    this.stop();
    this.#stop = new AbortController();
    this.hooks = new HookList();
    this.deliveries = [];
    this.patience = vendorsPatience;
  }

  stop(): void {
    this.#stop.abort();
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }

  async #attempt(hook: Hook, event: string, body: string, attempt: number): Promise<void> {
    if (hook.isDisabled || !this.hooks.all.includes(hook)) return;
    const stop = this.#stop.signal;
    const status = await this.#post(hook.destination, body);
    if (stop.aborted) return;
    this.deliveries = [
      ...this.deliveries.slice(1 - keptDeliveries),
      { destination: hook.destination, event, attempt, status, at: new Date(this.#now()).toISOString() },
    ];
    if (isGood(status)) return;
    this.#count(hook);
    const waitMs = this.patience.waitsMs[attempt - 1];
    if (waitMs === undefined || !isRepeated(status, attempt)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      void this.#attempt(hook, event, body, attempt + 1);
    }, waitMs).unref();
    this.#waiting.add(timer);
  }

  async #post(destination: string, body: string): Promise<number> {
    const late = AbortSignal.timeout(this.patience.answerWithinMs);
    try {
      const answer = await fetch(destination, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'amoCRM-Webhooks/3.0' },
        body,
        redirect: 'manual', // where it leads to might not be this machine
        signal: AbortSignal.any([late, this.#stop.signal]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return late.aborted ? 499 : 0;
    }
  }

  #count(hook: Hook): void {
    const now = this.#now();
    hook.badAnswersMs = [...hook.badAnswersMs.filter((at) => at > now - badAnswersWindowMs), now];
    if (hook.badAnswersMs.length > badAnswersAllowed) hook.isDisabled = true;
  }
}

function isGood(status: number): boolean {
  return status >= 100 && status < 300;
}

/** The fourth and fifth attempt are made only for who seems to be ill, not for who refuses. */
function isRepeated(status: number, attempt: number): boolean {
  return attempt < attemptsAfterAnyFailure || status === 499 || status >= 500;
}
