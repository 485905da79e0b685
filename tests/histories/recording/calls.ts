import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultRules } from '../../../proto/default-rules.ts';
import type { Rule, RuleAction } from '../../../proto/rule.ts';
import { callWorkflowId, retrySignal } from '../../../workflows/call/contract.ts';
import { closedNaming, newCall, split, strangersNumber, write } from '../../rig/calls.ts';
import type { Installation } from '../../rig/installation.ts';
import { contact, register, rule, setRules } from '../../rig/rules.ts';
import { saveSettings } from '../../rig/settings.ts';
import { areRecorded, save } from './history-file.ts';

const isAnswer = (row: Record<string, unknown>) => row.eventtype === 'ANSWER';

/** @param hasCard false: nobody is shown one */
export async function record(
  house: Installation,
  name: string,
  scenario: string,
  clientNumber?: string,
  hasCard = true,
): Promise<void> {
  const { linkedids, rows } = newCall(scenario, clientNumber === undefined ? {} : { clientNumber });
  const names = linkedids.map((_, index) => (index === 0 ? name : `${name}-younger`));
  if (areRecorded(...names)) return;
  const { cards } = await house.amocrm.state();
  const [ringing, rest] = split(rows, isAnswer);
  await write(house, ringing);
  if (hasCard && rest.some(({ row }) => isAnswer(row))) {
    await house.amocrm.until((now) => now.cards.length > cards.length, 'a card');
  }
  await write(house, rest);
  for (const [index, linkedid] of linkedids.entries()) {
    await house.closed(linkedid);
    await save(names[index] as string, house.temporal, callWorkflowId(house.pbxId, linkedid));
  }
}

/** A call with whatever rules may ask for while it goes on and at its end, and with hooks. */
export async function recordRules(house: Installation): Promise<void> {
  const program = createServer((_, response) => response.writeHead(204).end()).listen(0, '127.0.0.1');
  await once(program, 'listening');
  const url = `http://127.0.0.1:${(program.address() as AddressInfo).port}/`;
  const at = (phase: Rule['when']['phase'], ...actions: RuleAction[]): Rule => ({
    ...{
      id: `${phase.replace('_', '-')}-${actions.at(-1)?.do}`,
      name: 'A rule',
      enabled: true,
      when: { phase },
      actions,
    },
  });
  const hook = { do: 'call-hook' as const, hook: 'crm' };
  const responsible = ['first-rung' as const];
  await saveSettings(house.store.pool, house.accountId, {
    ...{ language: 'en', employees: { '101': 504141, '102': 504142 }, pbxs: {}, calendars: [], numberLists: [] },
    rules: [
      at('requested', hook, { do: 'show-card' }),
      at('accepted', hook, { do: 'create-lead', responsible, name: 'Call' }),
      at('call_ended', hook, { do: 'register-call', responsible }, { do: 'add-tags', tags: ['call'], to: 'lead' }),
      at('call_ended', { do: 'create-task', responsible, text: 'Call {{phone}} back', dueMinutes: 60 }),
    ],
    hooks: [{ id: 'crm', name: 'CRM', url, timeoutMs: 2_000 }],
    decisionHook: { hook: 'crm', ifItFails: 'go-on' },
  });
  await record(house, 'rules', 'in-direct-answered', strangersNumber());
  program.close();
}

/** A call of a PBX that another product still serves, which has left nothing. */
export async function recordObserved(house: Installation): Promise<void> {
  if (areRecorded('observed')) return;
  await setRules(house, [...defaultRules], { observedPbxs: { [house.pbxId]: { until: null } } });
  const { linkedid, rows } = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await house.deliver(linkedid, [], { compareAfterMs: 200 }, true); // before the connector does, with shorter pauses
  await write(house, rows);
  await house.closed(linkedid);
  await save('observed', house.temporal, callWorkflowId(house.pbxId, linkedid));
}

/** A call that amoCRM refuses until a person asks for another try. */
export async function recordRetry(house: Installation): Promise<void> {
  if (areRecorded('needs-attention')) return;
  await setRules(house, [rule([register, contact])]);
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
  const { linkedid, rows } = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, rows);
  await house.shows(linkedid, /needs attention/i);
  await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid)).signal(retrySignal);
  await house.closed(linkedid);
  await save('needs-attention', house.temporal, callWorkflowId(house.pbxId, linkedid));
}

/** A client talks on when an older call ends that has named them by mistake. */
export async function recordNamedByMistake(house: Installation): Promise<void> {
  if (areRecorded('named-by-mistake', 'names-by-mistake')) return;
  await setRules(house, [rule([register, contact])]);
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [talking, over] = split(call.rows, (row) => row.eventtype === 'BRIDGE_EXIT');
  await write(house, talking);
  await house.shows(call.linkedid, /talk/i);
  const older = await closedNaming(house, call);
  await write(house, over);
  await house.closed(call.linkedid);
  await save('named-by-mistake', house.temporal, callWorkflowId(house.pbxId, call.linkedid));
  await save('names-by-mistake', house.temporal, callWorkflowId(house.pbxId, older));
}
