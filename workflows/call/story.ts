import { log } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import { phaseText } from './describe.ts';
import { newPhases, type Phase } from './interpret/index.ts';

/** The phases of each call as they were told, once each and in order. */
export class Story {
  /** By linkedid. */
  readonly told: Record<string, Phase[]>;

  constructor(told: Record<string, Phase[]> = {}) {
    this.told = told;
  }

  /** @returns the phases of this call so far, with those that are news now */
  tell(call: Call): readonly Phase[] {
    const told = this.#of(call.linkedid);
    for (const phase of newPhases(call, new Set(told.map(({ key }) => key)))) {
      told.push(phase);
      log.info(phaseText(phase), { linkedid: call.linkedid, phase: phase.kind });
    }
    return told;
  }

  forget(linkedid: string): void {
    delete this.told[linkedid];
  }

  /** What another actor has told of these calls is not told again. */
  learn(phases: Record<string, Phase[]>): void {
    for (const [linkedid, others] of Object.entries(phases)) {
      const told = this.#of(linkedid);
      const known = new Set(told.map(({ key }) => key));
      told.push(...others.filter(({ key }) => !known.has(key)));
    }
  }

  #of(linkedid: string): Phase[] {
    const told = Object.hasOwn(this.told, linkedid) ? this.told[linkedid] : undefined;
    if (told) return told;
    const none: Phase[] = [];
    this.told[linkedid] = none;
    return none;
  }
}
