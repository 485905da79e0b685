import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { OriginateOutcome } from '../../proto/originate.ts';
import { maskPhone, maskPhonesIn } from '../../proto/phone.ts';
import type { ClickInput, ClickNews, ClickReason, ClickState } from './contract.ts';

/** Whoever clicked hears no more of it: from here on the call is told as any other. */
export const isOver = ({ phase }: ClickState): boolean =>
  phase === 'talking' || phase === 'ended' || phase === 'failed';

export const isResolved = ({ phase }: ClickState): boolean => phase !== 'planning';

const ofClient: Partial<Record<NonNullable<ClickNews['result']>, ClickReason>> = {
  answered: 'answered',
  busy: 'client-busy',
  no_answer: 'client-no-answer',
  voicemail: 'answered',
  failed: 'client-unreachable',
};

/** How a call came out, for whoever clicked. */
export function reasonOfEnd({ employee, result }: ClickNews): ClickReason {
  if (employee === 'no-answer') return 'employee-no-answer';
  if (employee === 'busy') return 'employee-busy';
  if (employee === 'unreachable') return 'employee-unreachable';
  return (result && ofClient[result]) ?? 'cancelled';
}

type Unanswered = Extract<OriginateOutcome, { answered: false }>;

const ofLeg: Record<Unanswered['reason'], ClickReason> = {
  'no-answer': 'employee-no-answer',
  busy: 'employee-busy',
  unreachable: 'employee-unreachable',
  congested: 'employee-unreachable',
  unknown: 'lost',
};
export const reasonOfLeg = ({ reason }: Unanswered): ClickReason => ofLeg[reason];

/** Why AMI was not asked, or what it said. */
export function reasonOfFailure(error: unknown): { reason: ClickReason; detail?: string } {
  if (!(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  if (cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START') return { reason: 'pbx-away' };
  if (cause instanceof ApplicationFailure && cause.type === 'PbxAway') return { reason: 'pbx-away' };
  if (cause instanceof ApplicationFailure && ['OriginateRefused', 'OriginateInvalid'].includes(cause.type ?? '')) {
    return { reason: 'pbx-refused', detail: cause.message };
  }
  return { reason: 'uncertain' };
}

/** For people in the Temporal UI. */
export function detailsOf({ userId }: ClickInput, { phase, reason, phone, detail }: ClickState): string {
  const whom = phone === undefined ? 'a number' : maskPhone(phone);
  const how = [phase, reason, detail].filter((part) => part !== undefined).join(': ');
  return `amoCRM user ${userId} calls ${whom}\n\n${maskPhonesIn(how, [phone])}`;
}
