import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestServers } from '../../setup/start-servers.ts';
import removeTestServers from '../../setup/stop-servers.ts';
import { balance, isBalanced } from './ledger.ts';
import { type Campaign, planOf } from './plan.ts';

/**
 * Calls come in while everything that can die does; in the end each must be registered once. Ends with 1 if not.
 *
 * bin/faults [--seed 1] [--seconds 120] [--per-second 5] [--every 10] [--patience 600]
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '120' },
    'per-second': { type: 'string', default: '5' },
    /** Seconds between two faults, on average. */
    every: { type: 'string', default: '10' },
    /** Seconds after which what is not settled counts as lost. */
    patience: { type: 'string', default: '600' },
  },
});
const campaign: Campaign = {
  ...{ seed: Number(values.seed), seconds: Number(values.seconds) },
  ...{ perSecond: Number(values['per-second']), faultEverySeconds: Number(values.every) },
};

const servers = await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { install } = await import('../../rig/installation.ts');
const { lead, register, rule, setRules, task } = await import('../../rig/rules.ts');
const { comeIn } = await import('./calls.ts');
const { takeHands } = await import('./hands.ts');
const house = await install();
let isWell = false;
try {
  await house.amocrm.setSearchLag(2_000);
  const hands = await takeHands(house, servers);
  await setRules(house, [rule([lead, register, task])]);
  console.log(`seed ${campaign.seed}: ${campaign.seconds} s, ${campaign.perSecond} calls/s`);
  let isOver = false;
  const coming = comeIn(house, campaign, () => isOver);
  const beganMs = performance.now();
  for (const fault of planOf(campaign)) {
    await sleep(Math.max(0, beganMs + fault.atMs - performance.now()));
    console.log(`${Math.round((performance.now() - beganMs) / 1_000)} s: ${fault.kind} for ${fault.lastsMs} ms`);
    await hands.do(fault);
  }
  await sleep(Math.max(0, beganMs + campaign.seconds * 1_000 - performance.now()));
  isOver = true;
  const calls = await coming;
  await hands.makeWhole();
  const untilMs = performance.now() + Number(values.patience) * 1_000;
  let ledger = await balance(house, calls);
  while (!isBalanced(ledger) && performance.now() < untilMs) {
    await sleep(2_000);
    ledger = await balance(house, calls);
  }
  isWell = isBalanced(ledger);
  console.log(JSON.stringify(ledger, undefined, 2));
  console.log(isWell ? 'nothing lost, nothing doubled' : 'NOT BALANCED');
  if (!isWell) keepLogs();
} finally {
  await house.remove().catch(() => undefined);
  await removeTestServers();
}
process.exit(isWell ? 0 : 1);

function keepLogs(): void {
  const file = join(tmpdir(), `ringflow-faults-${campaign.seed}.log`);
  writeFileSync(file, house.parts.map((part) => part.log()).join('\n\n'));
  console.error(`What its processes said: ${file}`);
}
