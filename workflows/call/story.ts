import { log } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import { phaseText } from './describe.ts';
import { newPhases, type Phase } from './interpret/index.ts';

/** The phases of each call as they were told, once each and in order. */
export class Story {
  readonly #told: Record<string, Phase[]>;

  constructor(told: Record<string, Phase[]> = {}) {
    this.#told = told;
  }

  carried(): Record<string, Phase[]> {
    return this.#told;
  }

  /** @returns the phases of this call so far, with those that are news now */
  tell(call: Call): readonly Phase[] {
    const told = this.#told[call.linkedid] ?? [];
    this.#told[call.linkedid] = told;
    for (const phase of newPhases(call, new Set(told.map(({ key }) => key)))) {
      told.push(phase);
      log.info(phaseText(phase), { callId: call.linkedid, phase: phase.kind });
    }
    return told;
  }
}
