import { ApplicationFailure } from '@temporalio/common';
import { amendedDecision } from '../../proto/amended-decision.ts';
import type { Call } from '../../proto/call.ts';
import type { EndDecision } from '../../proto/crm-action.ts';
import { readDecisionAnswer } from '../../proto/decision-answer.ts';
import type { Hook } from '../../proto/hook.ts';
import { post } from './post.ts';

export type DecisionVerdict =
  | { outcome: 'as-decided' }
  | { outcome: 'veto'; reason: string }
  | { outcome: 'changed'; decision: EndDecision };

const mostBytes = 65_536;

/** Asks somebody else's program about a decision before it is carried out. */
export async function askAboutDecision(
  hook: Hook,
  key: string,
  call: Call,
  decision: EndDecision,
): Promise<DecisionVerdict> {
  const value = await post(hook, key, { call, decision }, (answer) => readJson(hook, answer));
  if (value === undefined) return { outcome: 'as-decided' };
  const read = readDecisionAnswer(value);
  if ('faults' in read) throw notUnderstood(hook, read.faults.join('; '));
  const { veto, decision: change } = read.answer;
  if (veto !== undefined) return { outcome: 'veto', reason: veto };
  if (!change) return { outcome: 'as-decided' };
  const amended = amendedDecision(decision, change, call.externalNumber ?? '');
  if ('faults' in amended) throw notUnderstood(hook, amended.faults.join('; '));
  return { outcome: 'changed', decision: amended.decision };
}

/** @returns undefined for an answer without a word (204) */
async function readJson(hook: Hook, answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  const text = await readText(hook, answer);
  try {
    return JSON.parse(text);
  } catch {
    throw notUnderstood(hook, 'it is no JSON; 204 or {} leaves all as decided');
  }
}

async function readText(hook: Hook, answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw notUnderstood(hook, `it is longer than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Saying it again would not mend it. */
function notUnderstood({ name }: Hook, reason: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `The answer of the hook "${name}" is not understood: ${reason}.`,
    'HookUnclear',
  );
}
