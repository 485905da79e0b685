import { setTimeout as sleep } from 'node:timers/promises';
import { type FreshCall, type FreshRow, freshCall } from '../../sandbox/pbx/fresh-call.ts';
import { playCall } from '../../sandbox/pbx/play-call.ts';
import { readRecordings } from '../../sandbox/pbx/recording.ts';
import { nextSerial } from '../../sandbox/pbx/serial.ts';
import { PbxScript } from '../recorded/pbx-script.ts';
import { asWritten } from './cel-rows.ts';
import { type Installation, type TestPbx, timezone } from './installation.ts';

/** Recorded calls, each time as a new call of this PBX. */

const recordings = readRecordings();

export interface TestCall extends FreshCall {
  linkedid: string;
  /** The client's, as it was recorded or as it was given; digits. */
  phone: string;
  /** Of its first call, as it was labelled when it was recorded. */
  talkSeconds: number;
}

/**
 * @param startedAtMs UTC; if not given the second that has just begun, so that what whole seconds make of its times is
 * always the same
 */
export function newCall(scenario: string, changes: { clientNumber?: string; startedAtMs?: number } = {}): TestCall {
  const recording = recordings.get(scenario);
  const truth = recording?.truth.calls[0];
  if (!recording || !truth) throw new Error(`There is no recording ${scenario}`);
  const thisSecondMs = Math.floor(Date.now() / 1000) * 1000;
  const call = freshCall(recording, { startedAtMs: thisSecondMs, timezone, serial: nextSerial(), ...changes });
  return {
    ...call,
    linkedid: call.linkedids[0] as string,
    phone: changes.clientNumber ?? truth.external_number ?? '',
    talkSeconds: truth.talk_seconds,
  };
}

/** A Russian mobile number that nobody has. */
export function strangersNumber(): string {
  return `903${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
}

/** Writes the rows as they happened: one by one, at their real pace, the first at once. */
export function play(pbx: TestPbx, rows: readonly FreshRow[]): Promise<void> {
  const firstAtMs = rows[0]?.atMs ?? 0;
  const shifted = rows.map((row) => ({ ...row, atMs: row.atMs - firstAtMs }));
  return playCall((row) => write(pbx, [row]), { linkedids: [], rows: shifted });
}

/** A whole call at once, until its actor has closed. @returns its linkedid */
export async function wholeCall(pbx: TestPbx, scenario: string, clientNumber: string): Promise<string> {
  const call = newCall(scenario, { clientNumber });
  await write(pbx, call.rows);
  await pbx.closed(call.linkedid);
  return call.linkedid;
}

/** Answered calls of a client whom amoCRM knows, one right after another. */
export async function callsComeIn(pbx: TestPbx, count = 1): Promise<TestCall[]> {
  const calls = Array.from({ length: count }, () => newCall('in-direct-answered'));
  for (const call of calls) await write(pbx, call.rows);
  return calls;
}

/** What stands in amoCRM of these calls. */
export async function recordsOf({ pbxId, amocrm }: Installation, linkedids: readonly string[]) {
  const uniqs = linkedids.map((linkedid) => `${pbxId}:${linkedid}`);
  return (await amocrm.state()).calls.filter(({ uniq }) => uniq !== null && uniqs.includes(uniq));
}

/** Waits until the journal has the call so. */
export async function journalSays(pbx: TestPbx, linkedid: string, state: string): Promise<void> {
  while ((await pbx.journal(linkedid))?.registration.state !== state) await sleep(50);
}

/** How often each of these calls stands in amoCRM once its actor has closed. */
export async function timesRegistered(house: Installation, calls: readonly TestCall[]): Promise<number[]> {
  await Promise.all(calls.map(({ linkedid }) => house.closed(linkedid)));
  const state = await house.amocrm.state();
  return calls.map(({ linkedid }) => state.calls.filter(({ uniq }) => uniq === `${house.pbxId}:${linkedid}`).length);
}

/** Writes rows at once. */
export async function write(pbx: TestPbx, rows: readonly FreshRow[]): Promise<void> {
  for (const { table, row } of rows) await (table === 'cel' ? pbx.writeCel : pbx.writeCdr)([row]);
}

/** The rows before and from the first one that fits. */
export function split(rows: readonly FreshRow[], at: (row: FreshRow['row']) => boolean): [FreshRow[], FreshRow[]] {
  const index = rows.findIndex(({ row }) => at(row));
  return [rows.slice(0, index), rows.slice(index)];
}

/** An older call that names another one by mistake, and is over. @returns its linkedid */
export async function closedNaming(house: Installation, { linkedid }: TestCall): Promise<string> {
  const line = 'PJSIP/104-00000040';
  const script = new PbxScript(Date.now() - 600_000).start(line, { exten: '105', from: '104' });
  script.row(line, 'ATTENDEDTRANSFER', { transferee_channel_uniqueid: linkedid }).hangup(line).over(line);
  await house.writeCel(script.rows.map(asWritten));
  await house.closed(script.uniqueid(line));
  return script.uniqueid(line);
}
