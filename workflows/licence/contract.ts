/** How others speak with the actor that keeps the licence. No message holds a key, a request or a permit. */

export const licenceWorkflowType = 'licence';
/** Update with a `TalkOrder`; answered by a `LicensingTalk`, or null if nobody was asked. */
export const talkUpdate = 'talk';
/** Something has changed that the actor did not do itself: a permit came as a file, an account was connected. */
export const lookSignal = 'look';

/** `check`: takes up a key that was entered, begins a trial, or asks how the licence stands, whatever is due. */
export type TalkOrder = 'check' | 'release';

export interface LicenceInput {
  installation: string;
  /** Waits, as input so that tests need not last as long. */
  timing: LicenceTiming;
  /** What an earlier run of this workflow knew, when its history had grown too long. */
  carried?: { nextAtMs: number };
}

export interface LicenceTiming {
  /** Before what failed is tried again; doubled each time. */
  firstPauseMs: number;
  longestPauseMs: number;
  /** Whatever the licensing server says, it is asked no more and no less often than so. */
  shortestRestMs: number;
  longestRestMs: number;
}

export const defaultLicenceTiming: LicenceTiming = {
  ...{ firstPauseMs: 15_000, longestPauseMs: 3_600_000 },
  ...{ shortestRestMs: 1_000, longestRestMs: 86_400_000 },
};

export function licenceWorkflowId(installation: string): string {
  return `licence:${installation}`;
}
