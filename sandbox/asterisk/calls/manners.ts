import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingCall } from '../phones/incoming-call.ts';
import type { OfficeLines } from '../phones/office-lines.ts';
import type { PhoneCall } from '../phones/phone-call.ts';

/** How people do who are called by nobody's plan: after a while they pick up, and after a talk they hang up. */

const employeeAnswersMs = 3_000;
/** So that of phones that ring together one is the first. */
const nextPhoneMs = 500;
const clientAnswersMs = 4_000;
const talkMs = 20_000;

export function giveManners({ phones, trunk }: OfficeLines): void {
  [...phones.values()].forEach((phone, index) => {
    phone.onUnexpected = (call) => {
      const afterMs = answersByItself(call) ? 0 : employeeAnswersMs + index * nextPhoneMs;
      void answerAndTalk(call, afterMs, 3 * talkMs); // the client hangs up first
    };
  });
  trunk.onUnexpected = (call) => void answerAndTalk(call, clientAnswersMs, talkMs);
}

/** What the PBX tells a phone that is to pick up without being touched. */
function answersByItself(call: IncomingCall): boolean {
  return /answer-after=0|auto-?answer/i.test([...call.header('Call-Info'), ...call.header('Alert-Info')].join());
}

async function answerAndTalk(call: IncomingCall, afterMs: number, talkLimitMs: number): Promise<void> {
  if (await endsWithin(call, afterMs)) return;
  await call.answer().catch(() => undefined); // it may end just now
  await hangUpAfter(call, talkLimitMs);
}

/** Whoever is not hung up on hangs up. */
export async function hangUpAfter(call: PhoneCall, ms: number): Promise<void> {
  if (!(await endsWithin(call, ms))) await call.hangUp();
}

async function endsWithin(call: PhoneCall, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  const wait = sleep(ms, false, { signal: waiting.signal }).catch(() => true);
  const hasEnded = await Promise.race([wait, call.ended.then(() => true)]);
  waiting.abort();
  return hasEnded;
}
