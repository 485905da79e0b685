import type { RowDataPacket } from 'mysql2/promise';
import type { Installation } from '../../rig/installation.ts';
import type { CampaignCall } from './calls.ts';

/** What stands in the end, beside what CEL holds. */
export interface Ledger {
  callsInCel: number;
  registeredOnce: number;
  /** Only where amoCRM could not be asked; with the reason. */
  uncertain: string[];
  /** Each of these is a fault of ours: linkedids, and why. */
  lost: string[];
  doubled: string[];
  /** Numbers with more than one contact or lead. */
  doubledClients: string[];
  /** Workflows of calls that neither closed nor say what they wait for. */
  stuck: string[];
  /** Effects that were begun and never finished. */
  openEffects: string[];
}

export async function balance(house: Installation, calls: readonly CampaignCall[]): Promise<Ledger> {
  const { amocrm, pbxId } = house;
  const state = await amocrm.state();
  const times = (linkedid: string) => state.calls.filter(({ uniq }) => uniq === `${pbxId}:${linkedid}`).length;
  const journal = new Map(await journalOf(house));
  const waiting = calls.filter(({ linkedid }) => isUncertain(journal.get(linkedid)));
  const isRegistered = ({ linkedid }: CampaignCall) =>
    times(linkedid) === 1 && journal.get(linkedid)?.state === 'registered';
  const lost = calls.filter((call) => !isRegistered(call) && times(call.linkedid) < 2 && !waiting.includes(call));
  const numbers = [...new Set(calls.map(({ phone }) => phone))];
  const contacts = (phone: string) => state.contacts.filter(({ phones }) => phones.some((one) => one.endsWith(phone)));
  const leads = (phone: string) => state.leads.filter(({ name }) => name.includes(phone));
  return {
    callsInCel: calls.length,
    registeredOnce: calls.filter(isRegistered).length,
    uncertain: waiting.map(({ linkedid }) => `${linkedid}: ${journal.get(linkedid)?.reason}`),
    lost: lost.map(({ linkedid }) => `${linkedid}: ${JSON.stringify(journal.get(linkedid) ?? 'no entry')}`),
    doubled: calls.filter(({ linkedid }) => times(linkedid) > 1).map(({ linkedid }) => linkedid),
    doubledClients: numbers.filter((phone) => contacts(phone).length > 1 || leads(phone).length > 1),
    stuck: await stuckOf(house, new Set(waiting.map(({ linkedid }) => linkedid))),
    openEffects: await openEffectsOf(house),
  };
}

/** True if every call is registered once, or waits for a person's word with the reason. */
export function isBalanced({ callsInCel, registeredOnce, uncertain, ...faults }: Ledger): boolean {
  return registeredOnce + uncertain.length === callsInCel && Object.values(faults).every((each) => each.length === 0);
}

/** Whether only a person can say what became of it in amoCRM; whatever else waits for one is lost by our fault. */
const isUncertain = (entry: { state: string; reason?: string } | undefined): boolean =>
  entry?.state === 'needs-attention' && (entry.reason ?? '').includes('signal `uncertain`');

async function journalOf({ store, pbxId }: Installation): Promise<[string, { state: string; reason?: string }][]> {
  const sql = 'SELECT linkedid, registration_state AS state, registration FROM calls WHERE pbx_id = ?';
  const [rows] = await store.pool.query<RowDataPacket[]>(sql, [pbxId]);
  return rows.map(({ linkedid, state, registration }) => {
    const { reason } = typeof registration === 'string' ? JSON.parse(registration) : registration;
    return [linkedid, { state, ...(reason && { reason }) }];
  });
}

async function stuckOf({ temporal }: Installation, waiting: ReadonlySet<string>): Promise<string[]> {
  const open: string[] = [];
  const query = "WorkflowType = 'call' AND ExecutionStatus NOT IN ('Completed', 'ContinuedAsNew')";
  for await (const { workflowId, status } of temporal.workflow.list({ query })) {
    const linkedid = workflowId.split(':')[2] ?? '';
    if (!waiting.has(linkedid)) open.push(`${workflowId} is ${status.name}`);
  }
  return open;
}

async function openEffectsOf({ store }: Installation): Promise<string[]> {
  const [rows] = await store.pool.query<RowDataPacket[]>("SELECT effect_key FROM side_effects WHERE state = 'open'");
  return rows.map((row) => String(row.effect_key));
}
