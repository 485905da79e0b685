import type { Installation } from '../../rig/installation.ts';

/** What became of all workflows. */
export interface WorkflowsLedger {
  /** How many of each type stand how. */
  counts: Record<string, Record<string, number>>;
  /** What those that go on wait for, in their own words; by workflow id. */
  waiting: Record<string, string>;
  /** Those that failed, and those that go on and don't say why. */
  stuck: string[];
}

/** Accounts and the like have actors as long as they are there; whatever else goes on by the end is stuck. */
const lasting = new Set(['account', 'alerts', 'amocrmToken', 'clients', 'licence']);

/** @param isExcused calls that wait for a person's word */
export async function workflowsLedger(
  { temporal }: Pick<Installation, 'temporal'>,
  isExcused: (linkedid: string) => boolean,
): Promise<WorkflowsLedger> {
  const ledger: WorkflowsLedger = { counts: {}, waiting: {}, stuck: [] };
  for await (const { workflowId, runId, type, status } of temporal.workflow.list()) {
    const ofType = ledger.counts[type] ?? {};
    ledger.counts[type] = { ...ofType, [status.name]: (ofType[status.name] ?? 0) + 1 };
    if (status.name === 'COMPLETED' || status.name === 'CONTINUED_AS_NEW') continue;
    const mayWait = lasting.has(type) || (type === 'call' && isExcused(workflowId.split(':')[2] ?? ''));
    // what still works is not asked: a query may spoil its history
    const reason = status.name === 'RUNNING' && mayWait ? await detailsOf(temporal, workflowId, runId) : '';
    if (reason) ledger.waiting[workflowId] = reason;
    if (!reason || !mayWait) ledger.stuck.push(`${workflowId} is ${status.name}: ${reason || 'says nothing'}`);
  }
  return ledger;
}

async function detailsOf(temporal: Installation['temporal'], workflowId: string, runId: string): Promise<string> {
  const handle = temporal.workflow.getHandle(workflowId, runId);
  try {
    const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    return (metadata.currentDetails ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  } catch {
    return ''; // it can't be asked: no worker can go on with it
  }
}
