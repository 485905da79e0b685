import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { usesOf } from '../../../bench/load/processes.ts';
import { startTestServers } from '../../setup/start-servers.ts';
import removeTestServers from '../../setup/stop-servers.ts';
import type { Hands } from './hands.ts';
import { balance, isBalanced } from './ledger.ts';
import { type Campaign, planOf } from './plan.ts';

/**
 * Calls come in while everything that can die does; in the end each must be registered once. Ends with 1 if not.
 *
 * bin/faults [--seed 1] [--seconds 120] [--per-second 5] [--every 10] [--patience 600]
 * bin/faults --seconds 3600 --per-second 2 --every 60 --watch 300   an hour, with what its processes use meanwhile
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '120' },
    'per-second': { type: 'string', default: '5' },
    /** Seconds between two faults, on average. */
    every: { type: 'string', default: '10' },
    /** Seconds between two looks at memory and open handles; 0: none. */
    watch: { type: 'string', default: '0' },
    /** Seconds after which what is not settled counts as lost. */
    patience: { type: 'string', default: '600' },
  },
});
const campaign: Campaign = {
  ...{ seed: Number(values.seed), seconds: Number(values.seconds) },
  ...{ perSecond: Number(values['per-second']), faultEverySeconds: Number(values.every) },
};

process.once('SIGTERM', () => void removeTestServers().finally(() => process.exit(1)));
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
  const uses = watch(hands);
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
  /** What has just come back may refuse the first question. */
  const look = () => balance(house, calls).catch(() => undefined);
  let ledger = await look();
  while (!(ledger && isBalanced(ledger)) && performance.now() < untilMs) {
    await sleep(2_000);
    ledger = await look();
  }
  isWell = ledger !== undefined && isBalanced(ledger);
  clearInterval(uses.timer);
  if (uses.seen.length > 0) console.table(uses.seen);
  console.log(JSON.stringify(ledger, undefined, 2));
  console.log(isWell ? 'nothing lost, nothing doubled' : 'NOT BALANCED');
  if (!isWell) keepLogs();
} finally {
  await house.remove().catch(() => undefined);
  await removeTestServers();
}
process.exit(isWell ? 0 : 1);

/** What the parts use, MB and open handles; one that was killed begins anew. */
function watch({ processes }: Hands) {
  const seen: object[] = [];
  const beganMs = performance.now();
  const look = () => {
    const uses = Object.entries(usesOf(processes()));
    const minute = Math.round((performance.now() - beganMs) / 60_000);
    seen.push({
      minute,
      ...Object.fromEntries(uses.map(([name, use]) => [name, `${use.memoryMb} MB, ${use.handles}`])),
    });
  };
  const everyMs = Number(values.watch) * 1_000;
  return { seen, timer: everyMs > 0 ? setInterval(look, everyMs) : undefined };
}

function keepLogs(): void {
  const file = join(tmpdir(), `ringflow-faults-${campaign.seed}.log`);
  writeFileSync(file, house.parts.map((part) => part.log()).join('\n\n'));
  console.error(`What its processes said: ${file}`);
}
