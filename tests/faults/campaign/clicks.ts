import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { click, type WidgetHome } from '../../rig/widget-visitor.ts';
import { type Campaign, clicksOf, type PlannedClick } from './plan.ts';

interface MadeClick {
  requestId: string;
  phone: string;
  /** The api has said that it takes care of it. */
  isTaken: boolean;
}

/** One who clicks on numbers in amoCRM, whatever else happens. */
export interface Clicker {
  /** What was planned for this phone. */
  planOf(phone: string): PlannedClick;
  /** Each is one request, however often it was sent. */
  clicks: readonly MadeClick[];
  /** How often what was answered: a status, with the code of a refusal, or that nobody was there. */
  answers: ReadonlyMap<string, number>;
  /** @param isOver true once they shall click no more @returns once the last click was answered */
  work(home: WidgetHome, isOver: () => boolean): Promise<void>;
}

/** 101. */
const userId = 504141;
/** A browser that hears nothing sends again. */
const mostTries = 3;

export function createClicker(campaign: Campaign): Clicker {
  const coming = clicksOf(campaign);
  const plans = new Map<string, PlannedClick>();
  const clicks: MadeClick[] = [];
  const answers = new Map<string, number>();
  const clickOn = async (home: WidgetHome, phone: string) => {
    const requestId = randomUUID();
    const made: MadeClick = { requestId, phone, isTaken: false };
    clicks.push(made);
    for (let tries = 0; tries < mostTries; tries++) {
      const answer = await click(home, userId, `+7${phone}`, requestId).catch(() => undefined);
      const told = answer ? `${answer.status} ${answer.body?.code ?? ''}`.trim() : 'no api';
      answers.set(told, (answers.get(told) ?? 0) + 1);
      made.isTaken ||= answer?.status === 202;
      if (answer && answer.status < 500) return;
      await sleep(1_000);
    }
  };
  return {
    ...{ clicks, answers },
    planOf(phone) {
      const plan = plans.get(phone);
      if (!plan) throw new Error(`Nobody has clicked on ${phone}`);
      return plan;
    },
    async work(home, isOver) {
      const answered: Promise<void>[] = [];
      const startedAtMs = performance.now();
      while (!isOver()) {
        const plan = coming.next().value;
        plans.set(plan.phone, plan);
        answered.push(clickOn(home, plan.phone));
        const nextAtMs = startedAtMs + answered.length * campaign.clickEverySeconds * 1_000;
        await sleep(Math.max(0, nextAtMs - performance.now()));
      }
      await Promise.all(answered);
    },
  };
}
