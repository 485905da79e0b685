import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { LicenceLook, LicensingActivities } from '../../activities/licensing/index.ts';
import type { LicensingTalk } from '../../proto/licence/wire.ts';
import { callsTaskQueue } from '../call/contract.ts';
import { type LicenceInput, lookSignal, type TalkOrder, talkUpdate } from './contract.ts';
import { licenceDetails } from './describe.ts';

const talk = defineUpdate<LicensingTalk | null, [TalkOrder]>(talkUpdate);
const look = defineSignal(lookSignal);

/** What goes wrong with the licensing server is an answer; only our own stores are waited for here. */
const { checkLicence, releaseLicence } = proxyActivities<LicensingActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '60s',
  heartbeatTimeout: '8s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' },
});

/** Installations that were started together do not ask together. */
const jitter = 0.1;

/** Keeps the licence of this installation, for ever. */
export async function licence(input: LicenceInput): Promise<void> {
  const keeper = new LicenceKeeper(input);
  setHandler(talk, (order) => keeper.talk(order));
  setHandler(look, () => keeper.hear());
  await keeper.run();
}

class LicenceKeeper {
  readonly #input: LicenceInput;
  /** Whatever is asked waits for what was asked before. */
  #turn: Promise<unknown> = Promise.resolve();
  #nextAtMs: number;
  #pauseMs: number;
  #hasNews = false;

  constructor(input: LicenceInput) {
    this.#input = input;
    this.#nextAtMs = input.carried?.nextAtMs ?? 0;
    this.#pauseMs = input.timing.firstPauseMs;
  }

  hear(): void {
    this.#nextAtMs = 0;
    this.#hasNews = true;
  }

  talk(order: TalkOrder): Promise<LicensingTalk | null> {
    const answer = this.#turn.then(() => this.#do(order));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async run(): Promise<void> {
    while (!workflowInfo().continueAsNewSuggested) {
      if (Date.now() >= this.#nextAtMs) await this.talk('check');
      this.#hasNews = false;
      await condition(() => this.#hasNews, Math.max(1, this.#nextAtMs - Date.now()));
    }
    await condition(allHandlersFinished);
    await continueAsNew<typeof licence>({ ...this.#input, carried: { nextAtMs: this.#nextAtMs } });
  }

  async #do(order: TalkOrder): Promise<LicensingTalk | null> {
    const summary = order === 'release' ? 'Give the key back' : 'How does the licence stand?';
    const activity = order === 'release' ? releaseLicence : checkLicence;
    const seen = await activity.executeWithOptions({ summary }, []);
    const restMs = this.#restMs(seen);
    this.#nextAtMs = Date.now() + (restMs ?? this.#input.timing.longestRestMs);
    this.#hasNews = true;
    setCurrentDetails(licenceDetails(seen, restMs === null ? null : this.#nextAtMs));
    return seen.talk;
  }

  /** @returns null if there is nobody to ask */
  #restMs({ talk: came, nextCheckInMs }: LicenceLook): number | null {
    const { firstPauseMs, longestPauseMs, shortestRestMs, longestRestMs } = this.#input.timing;
    if (came?.failure) {
      const pauseMs = this.#pauseMs;
      this.#pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      return pauseMs;
    }
    this.#pauseMs = firstPauseMs;
    if (nextCheckInMs === null) return null;
    const restMs = nextCheckInMs * (1 + Math.random() * jitter);
    return Math.min(Math.max(restMs, shortestRestMs), longestRestMs);
  }
}
