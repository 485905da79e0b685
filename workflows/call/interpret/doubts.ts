import type { CallFacts } from './facts.ts';
import type { FoundNumber } from './numbers.ts';
import { isInitiator } from './origin.ts';
import type { Reading } from './reading.ts';
import type { Thread } from './threads.ts';

/** A clock that is set back by less is that of a busy machine: rows then come a little out of order. */
const clockToleranceMs = 1_500;

/** In words, what had to be concluded from incomplete or strange rows; empty for a call told without doubt. */
export function doubtsOf(reading: Reading, facts: CallFacts, client: FoundNumber): string[] {
  const { thread, cast } = reading;
  const doubts: string[] = [];
  if (thread.root.start === null || !isInitiator(thread.root)) {
    doubts.push('The rows in which the call began are missing.');
  }
  if (thread.ended?.isGuess) doubts.push('The row that ends the call never came; its last row counts as the end.');
  if (cast.direction === null) doubts.push('The rows do not tell who called whom.');
  const guessed = guessedByName(reading);
  if (guessed !== '')
    doubts.push(`Told by their names alone, which the description of the PBX does not list: ${guessed}.`);
  if (client.isGuess)
    doubts.push(`The digits dialled to get a line outside are a guess: the client is taken to be ${client.number}.`);
  if (client.unreadable !== undefined)
    doubts.push(`The caller's number can't be read: the rows say ${JSON.stringify(client.unreadable.slice(0, 60))}.`);
  const unknownMobile = cast.ours.find((one) => one.answeredOn !== null && one.extension === one.answeredOn);
  if (unknownMobile) doubts.push(`The rows do not tell in whose place ${unknownMobile.extension} was called.`);
  if (thread.legs.some((leg) => leg.isTwofold)) {
    doubts.push(
      `Two channels have the same uniqueid: two PBXs may write into one table without a system name.${mixedWith(thread)}`,
    );
  }
  if (thread.ended && lacksExtra(reading)) {
    doubts.push('The rows have no column `extra`: who hung up, why, and who was transferred are guesses.');
  }
  const backMs = clockSetBackMs(reading);
  if (backMs > clockToleranceMs)
    doubts.push(`The PBX's clock went back by ${Math.round(backMs / 1000)} s during the call.`);
  if (facts.rowsLeftOut > 0)
    doubts.push(`${facts.rowsLeftOut} rows were left out: the call has more than can be kept.`);
  return doubts;
}

/** Whose rows these may be as well, so that a person can look for that call. */
function mixedWith({ legs }: Thread): string {
  const twins = legs.flatMap((leg) => leg.twins ?? []);
  const words = twins.map(({ channel, callerIdNum }) => (callerIdNum ? `${channel} (${callerIdNum})` : channel));
  return words.length > 0 ? ` Mixed into this call, and perhaps not told by itself: ${words.join(', ')}.` : '';
}

/** Which endpoints are taken for phones, and which for trunks, for no better reason than their names. */
function guessedByName({ thread, context: { roster } }: Reading): string {
  const guesses = thread.legs.filter((leg) => roster.isGuess(leg.channel));
  const words = guesses.map((leg) => `${roster.extensionOf(leg.channel)} is ${nouns[roster.kindOf(leg.channel)]}`);
  return [...new Set(words)].join(', ');
}

const nouns = { extension: 'a phone', trunk: 'a trunk', local: 'a Local channel', other: 'no phone' };

/** Asterisk gives each hangup its cause and each bridge its id; where no row has either, the column is not kept. */
function lacksExtra({ thread }: Reading): boolean {
  const hangups = thread.legs.flatMap((leg) => leg.hangup ?? []);
  const tells = hangups.some(({ cause, source, dialStatus }) => cause !== 0 || source !== '' || dialStatus !== '');
  return hangups.length > 0 && !tells && !thread.legs.some((leg) => leg.bridging.some((step) => step.bridgeId !== ''));
}

/** By how much a channel's rows go back in time against their order. */
function clockSetBackMs({ thread }: Reading): number {
  let mostMs = 0;
  for (const leg of thread.legs) {
    const rows = [leg.start, leg.answered, ...leg.bridging, leg.hangup].filter((row) => row !== null);
    rows.sort((a, b) => a.rowId - b.rowId);
    let latestMs = Number.NEGATIVE_INFINITY;
    for (const { atMs } of rows) {
      mostMs = Math.max(mostMs, latestMs - atMs);
      latestMs = Math.max(latestMs, atMs);
    }
  }
  return mostMs;
}
