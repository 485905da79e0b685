import { allFeatures } from '../../proto/licence/feature.ts';
import type { PermitClaims } from '../../proto/licence/permit.ts';
import { failureWords, featureNames, reasonWords, remedyWords } from '../../proto/licence/words.ts';
import type { LicenceMeans } from './licence.ts';

/** How the licence stands, for people at a shell. */
export async function licenceInWords({ licence, identity, seats }: LicenceMeans): Promise<string> {
  const [now, { id }, { users }] = await Promise.all([licence.now(), identity(), seats()]);
  const { standing, permit, record, clockBehindMs } = now;
  const { state, reason, untilMs, features } = standing;
  const lines = [
    `Licence: ${state}${untilMs === null ? '' : ` until ${utcText(untilMs)}`}`,
    ...(reason === null ? [] : [`${reasonWords.en[reason]} ${remedyWords.en[reason]}`]),
    ...(permit ? [planText(permit)] : []),
    `Seats: ${users.length} used of ${standing.seats}`,
    ...allFeatures.map((feature) => `  ${features.includes(feature) ? 'on ' : 'off'}  ${featureNames.en[feature]}`),
    ...(record.talk ? [`Asked ${utcText(record.talk.atMs)}: ${outcomeOf(record.talk.failure)}`] : []),
    ...(permit?.isTwin ? ['A copy of this server runs somewhere: stop it, or give it a licence of its own.'] : []),
    ...(clockBehindMs > 0 ? [`This machine's clock is ${Math.round(clockBehindMs / 60_000)} min behind.`] : []),
    `Installation ${id}`,
  ];
  return `${lines.join('\n')}\n`;
}

function planText({ plan, customer, keyHint }: PermitClaims): string {
  const key = keyHint === null ? '' : `key …${keyHint}`;
  const parts = [plan, customer, key].filter((part) => part !== '');
  return `Plan ${parts.join(', ').replaceAll(/\p{Cc}/gu, ' ')}`; // it was typed by whoever sold it
}

const outcomeOf = (failure: keyof typeof failureWords.en | null): string => {
  if (failure === null) return 'all is well';
  const { title, whatToDo } = failureWords.en[failure];
  return `${title}. ${whatToDo}`;
};

const utcText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
