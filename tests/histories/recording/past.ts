import { callWorkflowId } from '../../../workflows/call/contract.ts';
import { backfillsOf, callsOfThePast, daysAgo, periodFrom } from '../../rig/backfills.ts';
import type { Installation } from '../../rig/installation.ts';
import { contact, register, rule, setRules } from '../../rig/rules.ts';
import { areRecorded, save } from './history-file.ts';

/** Calls of the past are brought, a pause between: one of a client, two that Asterisk joined, and an internal one. */
export async function recordBackfill(house: Installation): Promise<void> {
  if (areRecorded('backfill', 'backfilled')) return;
  await setRules(house, [rule([register, contact])]);
  const began = daysAgo(30);
  const [call] = await callsOfThePast(house, ['in-direct-answered', 'pickup', 'internal-answered'], began);
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'delay', delayMs: 500, times: 10 });
  const { begin, until, find, actors, ended, close } = backfillsOf(house, { mostAtOnce: 1 });
  const id = await begin(periodFrom(began), { scope: 'records', leaveOthers: true });
  await until(id, (_, { calls }) => calls > 0);
  await actors.command(await find(id), 'pause');
  await actors.command(await find(id), 'resume');
  await ended(id);
  await house.amocrm.clearFaults();
  await save('backfill', house.temporal, (await find(id)).workflowId);
  await save('backfilled', house.temporal, callWorkflowId(house.pbxId, String(call?.linkedid), 1));
  await close();
}
