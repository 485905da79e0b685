import type { RowDataPacket } from 'mysql2/promise';
import type { Installation } from '../../rig/installation.ts';
import type { CampaignCall } from './calls.ts';

/** What stands of calls in the end, beside what CEL holds. */
export interface CallsLedger {
  callsInCel: number;
  registeredOnce: number;
  /** They wait for a person, since amoCRM could not be asked: linkedids, and the reason. */
  uncertain: Record<string, string>;
  /** Each of these is a fault of ours: linkedids, and why. */
  lost: string[];
  doubled: string[];
  /** Registered with a talk that was longer or shorter by more than a second. */
  untrue: string[];
  /** Records in amoCRM of calls that nobody made. */
  invented: string[];
  /** Numbers with more than one contact or lead, or more tasks than calls. */
  doubledClients: string[];
}

export async function callsLedger(house: Installation, calls: readonly CampaignCall[]): Promise<CallsLedger> {
  const { amocrm, pbxId } = house;
  const state = await amocrm.state();
  const times = (linkedid: string) => state.calls.filter(({ uniq }) => uniq === `${pbxId}:${linkedid}`).length;
  const made = new Set(calls.map(({ linkedid }) => `${pbxId}:${linkedid}`));
  const journal = new Map(await journalOf(house));
  const waiting = calls.filter(({ linkedid }) => isUncertain(journal.get(linkedid)));
  const isRegistered = ({ linkedid }: CampaignCall) =>
    times(linkedid) === 1 && journal.get(linkedid)?.state === 'registered';
  const lost = calls.filter((call) => !isRegistered(call) && times(call.linkedid) < 2 && !waiting.includes(call));
  const ofPhone = Map.groupBy(calls, ({ phone }) => phone);
  const contacts = (phone: string) => state.contacts.filter(({ phones }) => phones.some((one) => one.endsWith(phone)));
  const leads = (phone: string) => state.leads.filter(({ name }) => name.includes(phone));
  const tasks = (phone: string) => state.tasks.filter(({ text }) => text.includes(phone));
  const isDoubled = (phone: string, own: readonly CampaignCall[]) =>
    contacts(phone).length > 1 || leads(phone).length > 1 || tasks(phone).length > own.length;
  return {
    callsInCel: calls.length,
    registeredOnce: calls.filter(isRegistered).length,
    uncertain: Object.fromEntries(waiting.map(({ linkedid }) => [linkedid, journal.get(linkedid)?.reason ?? ''])),
    lost: lost.map(({ linkedid }) => `${linkedid}: ${JSON.stringify(journal.get(linkedid) ?? 'no entry')}`),
    doubled: calls.filter(({ linkedid }) => times(linkedid) > 1).map(({ linkedid }) => linkedid),
    untrue: calls.flatMap(({ linkedid, talkSeconds }) => {
      const told = state.calls.find(({ uniq }) => uniq === `${pbxId}:${linkedid}`)?.duration;
      return told === undefined || Math.abs(told - talkSeconds) <= 1
        ? []
        : [`${linkedid}: ${told} s in place of ${talkSeconds}`];
    }),
    invented: state.calls.flatMap(({ uniq }) => (made.has(uniq ?? '') ? [] : [String(uniq)])),
    doubledClients: [...ofPhone].flatMap(([phone, own]) => (isDoubled(phone, own) ? [phone] : [])),
  };
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
