import { patched, workflowInfo } from '@temporalio/workflow';
import type { Told } from './promised.ts';

/** By which workflows that began under an earlier version go on as they began. */
type Promised =
  | 'cancel-ends-soon'
  | 'cards-of-talkers'
  | 'clicks'
  | 'end-at-a-glance'
  | 'first-answer-without-timer'
  | 'hooks-apart'
  | 'one-record-one-call';

/** Of this workflow: each has its modules for itself. */
let isOfToday = false;
let told: ReadonlySet<string> = new Set();
let running: Promise<void> | undefined;

/**
 * To be called before anything is waited for. A task may end with the result of a local activity; what the workflow does
 * next then stands in the next one, but a replay has it done within the first, where `patched` does not yet know of a
 * marker that comes later: no worker could go on with the workflow. A marker that stands before all else is always known.
 * It stands for what was promised when it came; what is changed later needs a marker of its own, asked for here, and for calls a
 * word of its own (promised.ts).
 */
export function beginPromises(): void {
  isOfToday = patched('promises-first');
}

/**
 * The same for workflows that a local activity tells what is promised, before they wait for anything else: its result is a
 * marker already, where that of `patched` costs Temporal a write to its visibility for each of them.
 */
export function beginToBeTold(): void {
  isOfToday = workflowInfo().unsafe.isReplaying && patched('promises-first'); // such as began before they were told
}

/** @param promised absent where a worker of before has told */
export function hearPromises(promised: readonly string[] | undefined): void {
  told = new Set(promised);
  isOfToday ||= isPromised('promises-first');
}

/** For what came when calls were told: of others nothing more can be asked once they have waited. */
export const isPromised = (promised: Told): boolean => told.has(promised);

/** For what came with the marker itself: of workflows without it nothing more can be asked once they have waited. */
export const beganWithPromises = (): boolean => isOfToday;

/** True but for workflows that began under a version that had not promised it. */
export const holds = (promised: Promised): boolean => isOfToday || patched(promised);

/**
 * The same local activities, of which one at a time runs in a workflow. A replay gives all results of a task in the order
 * in which they were asked for; had two run side by side, they might have come in another, and no worker could go on.
 */
export function inTurn<A extends object>(activities: A): A {
  return new Proxy(activities, {
    get(target, name) {
      const activity = Reflect.get(target, name) as LocalActivity;
      const mine: LocalActivity = Object.assign(waiting(activity), {
        executeWithOptions: waiting(activity.executeWithOptions),
      });
      return mine;
    },
  });
}

interface LocalActivity {
  (...input: unknown[]): Promise<unknown>;
  executeWithOptions(...input: unknown[]): Promise<unknown>;
}

const waiting =
  (begin: (...input: unknown[]) => Promise<unknown>) =>
  (...input: unknown[]): Promise<unknown> =>
    isOfToday ? afterOthers(() => begin(...input)) : begin(...input);

function afterOthers<T>(begin: () => Promise<T>): Promise<T> {
  const mine = running ? running.then(begin) : begin();
  const over: Promise<void> = mine.then(
    () => undefined,
    () => undefined,
  );
  running = over;
  void over.then(() => {
    if (running === over) running = undefined;
  });
  return mine;
}
