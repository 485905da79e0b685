import type { LicenceLook } from '../../activities/licensing/index.ts';
import { failureWords, reasonWords } from '../../proto/licence/words.ts';
import { plain } from '../call/plain.ts';

const states = { trial: 'trial', active: 'active', grace: 'grace', restricted: 'restricted' } as const;

/** How the licence stands, in words for the Temporal UI. @param nextAtMs when the licensing server is asked again */
export function licenceDetails({ standing, plan, talk }: LicenceLook, nextAtMs: number | null): string {
  const { state, reason, untilMs, seats } = standing;
  const until = untilMs === null ? '' : ` until ${utcText(untilMs)}`;
  const lines = [
    `**Licence: ${states[state]}${until}**`,
    ...(reason === null ? [] : [reasonWords.en[reason]]),
    `${plan === null ? 'No plan' : `Plan ${plain(plan)}`}, ${seats} seats.`,
    ...(talk
      ? [`Asked ${utcText(talk.atMs)}: ${talk.failure === null ? 'all is well' : failureText(talk.failure)}.`]
      : []),
    nextAtMs === null ? 'The licensing server is not asked by itself.' : `Next check ${utcText(nextAtMs)}.`,
  ];
  return lines.join('\n\n');
}

const failureText = (failure: NonNullable<NonNullable<LicenceLook['talk']>['failure']>): string =>
  `${failureWords.en[failure].title} (${failure})`;

function utcText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
