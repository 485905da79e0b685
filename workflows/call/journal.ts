import { workflowInfo } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import type { Registration } from '../../proto/journal.ts';
import { local } from './activities.ts';
import type { CallFacts } from './interpret/index.ts';

/** Writes what became of a call, in place of what was written before. */
export function writeJournal(call: Call, registration: Registration, { rowIds }: CallFacts): Promise<void> {
  const { workflowId } = workflowInfo();
  return local.writeJournal({ call, registration, workflowId, celRowIds: rowIds });
}
