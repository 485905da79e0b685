import { getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';
import type { NotedClick } from '../../activities/store/clicks.ts';
import type { Call } from '../../proto/call.ts';
import { type ClickNews, clickNewsSignal, clickWorkflowId } from '../click-to-call/contract.ts';
import { holds } from '../promises.ts';
import { local } from './activities.ts';
import { reasonOf } from './failure.ts';

/** Tells a click in amoCRM how the call stands that came of it. */
export class ClickReport {
  #click: Promise<NotedClick | null> | undefined;
  #told = '';
  #telling: Promise<void> = Promise.resolve();

  /** Only what has changed is told. */
  tell(calls: readonly Call[]): void {
    const call = calls.find(({ clickToCall }) => clickToCall !== null);
    if (!call || !holds('clicks')) return;
    const news = newsOf(call);
    const text = JSON.stringify(news);
    if (text === this.#told) return;
    this.#told = text;
    this.#click ??= local.clickOf(call.pbxId, call.linkedid);
    this.#telling = this.#telling.then(() => this.#send(news)).catch(leaveIt);
  }

  /** Until all was told. */
  told(): Promise<void> {
    return this.#telling;
  }

  async #send(news: ClickNews): Promise<void> {
    const click = await this.#click;
    if (!click) return;
    await getExternalWorkflowHandle(clickWorkflowId(click)).signal(clickNewsSignal, news);
  }
}

/** Whoever clicked may have heard enough. */
function leaveIt(error: unknown): void {
  if (isCancellation(error)) throw error;
  log.info('A click was not told how its call stands', { reason: reasonOf(error) });
}

export function newsOf({ clickToCall, conversations, answeredAtMs, endedAtMs, result }: Call): ClickNews {
  const own = conversations.find(({ cameBy }) => cameBy === 'click');
  const hasAnswered = clickToCall?.employeeAnsweredAtMs != null;
  const isOver = endedAtMs !== null;
  const isBusy = own?.result === 'busy' || own?.result === 'declined';
  const refusal = isBusy ? 'busy' : clickToCall?.employeeWasUnreachable ? 'unreachable' : 'no-answer';
  const employee = hasAnswered ? 'answered' : isOver ? refusal : null;
  const phase = answeredAtMs !== null ? 'talking' : hasAnswered ? 'client-rings' : 'employee-rings';
  return { phase: isOver ? 'ended' : phase, result: isOver ? result : null, employee };
}
