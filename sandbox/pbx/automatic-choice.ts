import { phoneKey } from '../../proto/phone.ts';
import { demoClients } from '../amocrm/crm/seed.ts';
import type { Recording } from './recording.ts';

/** Everyday calls: the names of recordings that come by themselves, the commonest more than once. */
const everydayScenarios = [
  'in-direct-answered',
  'in-direct-answered',
  'rg-second-answers',
  'rg-second-answers',
  'out-answered',
  'out-answered',
  'in-direct-no-answer',
  'in-caller-cancel',
  'in-declined',
  'in-busy',
  'in-second-trunk',
  'rg-hunt-last',
  'rg-nobody',
  'out-no-answer',
  'out-busy',
  'out-cancelled',
  'anonymous',
  'anonymous-missed',
  'queue-answered',
  'queue-abandoned',
  'ivr-to-group',
  'ivr-hangup',
  'voicemail',
  'followme-desk',
  'forward-unconditional',
  'xfer-blind-answered',
  'xfer-attended-phone',
  'xfer-attended-feature',
  'pickup',
  'park-retrieve',
  'ctc-both',
  'internal-answered',
];

/** Last ten digits of the phones that the stand-in's amoCRM knows from its start. */
const knownNumbers = demoClients.flatMap(({ phones = [] }) => phones.map(phoneKey));

const shareOfKnown = 0.6;

export interface ChosenCall {
  recording: Recording;
  clientNumber: string;
}

/**
 * The next call that comes by itself: an everyday one, from a client of the stand-in or from a stranger.
 *
 * @param random gives numbers from 0 up to 1, as Math.random
 * @returns undefined if no everyday call was recorded
 */
export function chooseCall(recordings: Map<string, Recording>, random: () => number): ChosenCall | undefined {
  const known = everydayScenarios.flatMap((scenario) => recordings.get(scenario) ?? []);
  const recording = oneOf(known, random);
  if (!recording) return undefined;
  return { recording, clientNumber: chooseClient(random) };
}

/** A client of the stand-in or a stranger; ten digits. */
export function chooseClient(random: () => number): string {
  const acquaintance = random() < shareOfKnown ? oneOf(knownNumbers, random) : undefined;
  return acquaintance ?? strangersNumber(random);
}

export function oneOf<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}

function strangersNumber(random: () => number): string {
  return `900${String(Math.floor(random() * 1e7)).padStart(7, '0')}`;
}
