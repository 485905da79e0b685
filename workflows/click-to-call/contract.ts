import type { CallResult } from '../../proto/call.ts';
import type { ClickRefusal } from '../../proto/calling/plan.ts';

/** How a click on a number, the connector that has the PBX's AMI, and the actor of the call speak with each other. */

export const clickWorkflowType = 'clickToCall';
/** Carries nothing; answered as soon as it is known whether the employee's phone rings. */
export const firstAnswerUpdate = 'firstAnswer';
/** Carries `ClickNews`, from the actor of the call. */
export const clickNewsSignal = 'click-news';

/** One click is one workflow, however often the browser sends it; nobody meets another's. @param requestId made by the widget */
export function clickWorkflowId({ accountId, userId, requestId }: Omit<ClickInput, 'number'>): string {
  return `click:${accountId}:${userId}:${requestId}`;
}

/** Served by the connector that holds the lease of the PBX, while the PBX's AMI is there; else nobody asks for work here. */
export const pbxTaskQueue = (pbxId: string): string => `pbx-${pbxId}`;

export interface ClickInput {
  accountId: string;
  requestId: string;
  /** amoCRM's, of whoever clicked. */
  userId: number;
  /** As it stands in amoCRM. */
  number: string;
}

/** Why a click did not lead to a call, or how the call came out. */
export type ClickReason =
  | ClickRefusal
  | 'too-many-calls'
  /** Nothing was dialled, for it took us too long. */
  | 'too-late'
  | 'pbx-away'
  | 'pbx-refused'
  /** It can't be told whether the employee's phone rang. */
  | 'uncertain'
  | 'employee-no-answer'
  | 'employee-busy'
  | 'employee-unreachable'
  | 'cancelled'
  | 'client-busy'
  | 'client-no-answer'
  | 'client-unreachable'
  | 'answered'
  /** The call was lost sight of. */
  | 'lost';

/** How a click stands. */
export interface ClickState {
  phase: 'planning' | 'employee-rings' | 'client-rings' | 'talking' | 'ended' | 'failed';
  /** With `ended` and `failed`. */
  reason?: ClickReason;
  /** The client's, digits with the country code, once it is read. */
  phone?: string;
  /** Of what the PBX has said, in its words. */
  detail?: string;
}

/** How the call stands that came of a click. */
export interface ClickNews {
  phase: 'employee-rings' | 'client-rings' | 'talking' | 'ended';
  /** Once it is over. */
  result: CallResult | null;
  /** How the employee's own part came out; null until it is known. */
  employee: 'answered' | 'no-answer' | 'busy' | 'unreachable' | null;
}
