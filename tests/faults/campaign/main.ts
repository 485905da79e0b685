import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestServers } from '../../setup/start-servers.ts';
import removeTestServers from '../../setup/stop-servers.ts';
import { overLives, withinOneLife } from './growth.ts';
import type { Hands } from './hands.ts';
import type { Ledger } from './ledger.ts';
import { type Campaign, type PlannedFault, planOf } from './plan.ts';

/**
 * Calls come in, employees click and listen, while everything that can die does; in the end each call must be registered
 * once. Ends with 1 if not.
 *
 * bin/faults [--seed 1] [--seconds 120] [--per-second 5] [--calls-of-number 3] [--click-every 3] [--every 10]
 *   [--patience 600]
 * bin/faults --seconds 3600 --per-second 2 --calls-of-number 50 --click-every 30 --every 60 --watch 60
 *   an hour, with what its processes use meanwhile; new numbers are so few that amoCRM's limit carries them for so long
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '120' },
    'per-second': { type: 'string', default: '5' },
    'calls-of-number': { type: 'string', default: '3' },
    /** Seconds between two clicks on a number. */
    'click-every': { type: 'string', default: '3' },
    /** Seconds between two faults, on average. */
    every: { type: 'string', default: '10' },
    /** Seconds between two looks at memory and open handles; 0: none. */
    watch: { type: 'string', default: '0' },
    /** Seconds after which what is not settled counts as lost. */
    patience: { type: 'string', default: '600' },
  },
});
const campaign: Campaign = {
  ...{ seed: Number(values.seed), seconds: Number(values.seconds), perSecond: Number(values['per-second']) },
  callsOfNumber: Math.max(1, Number(values['calls-of-number'])),
  ...{ clickEverySeconds: Number(values['click-every']), faultEverySeconds: Number(values.every) },
};

process.once('SIGTERM', () => void removeTestServers().finally(() => process.exit(1)));
const servers = await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { setUp } = await import('./set-up.ts');
const { comeIn } = await import('./calls.ts');
const { takeHands } = await import('./hands.ts');
const { balance, faultsOf } = await import('./ledger.ts');
const { unreplayable } = await import('./replay.ts');
const { watch } = await import('./watch.ts');
const scene = await setUp(campaign, servers);
const left = mkdtempSync(join(tmpdir(), `ringflow-faults-${campaign.seed}-`));
let isWell = false;
try {
  const hands = await takeHands(scene.house, scene);
  console.log(`seed ${campaign.seed}: ${campaign.seconds} s, ${campaign.perSecond} calls/s`);
  console.log(`a full cache here: ${scene.disk.how}`);
  let isOver = false;
  const isDone = () => isOver;
  const watching = watch(hands, Number(values.watch), isDone);
  const busy = Promise.all([
    comeIn(scene.house, scene.writer, campaign, isDone),
    scene.clicker.work(scene.home, isDone),
    scene.listeners.work(isDone),
  ]);
  await letHappen(hands.do);
  isOver = true;
  await busy;
  await hands.makeWhole();
  const drawUp = async () => balance({ ...scene, hands }, await scene.writer.written());
  let ledger = await settled(drawUp);
  const faults = inWords(ledger);
  if (faults.length === 0) {
    await inQuiet(hands);
    const silent = await scene.listeners.hearAllAgain();
    ledger = await settled(drawUp);
    faults.push(...inWords(ledger), ...silent);
  }
  const unread = await unreplayable(scene.house, left);
  faults.push(...unread.map((what) => `no other worker could have gone on with ${what}`));
  isWell = faults.length === 0;
  const samples = await watching;
  if (samples.length > 0) console.table(withinOneLife(samples));
  if (samples.length > 0) console.table(overLives(samples));
  console.log(JSON.stringify(ledger, undefined, 2));
  console.log(isWell ? 'nothing lost, nothing doubled' : `NOT BALANCED\n${faults.join('\n')}`);
  if (isWell) rmSync(left, { recursive: true });
  else keepLogs();
} finally {
  await scene.remove().catch(() => undefined);
  await removeTestServers();
}
process.exit(isWell ? 0 : 1);

async function letHappen(happen: (fault: PlannedFault) => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  for (const fault of planOf(campaign)) {
    await sleep(Math.max(0, beganMs + fault.atMs - performance.now()));
    console.log(`${Math.round((performance.now() - beganMs) / 1_000)} s: ${fault.kind} for ${fault.lastsMs} ms`);
    await happen(fault);
  }
  await sleep(Math.max(0, beganMs + campaign.seconds * 1_000 - performance.now()));
}

/** What chance may have left out while everything was in trouble: a click whose answer is cut, listening to a full disk. */
async function inQuiet(hands: Hands): Promise<void> {
  let isCut = false;
  const cut = scene.ami.cutMidClick(1_000, 60_000).finally(() => {
    isCut = true;
  });
  await Promise.all([
    ...[cut, scene.clicker.work(scene.home, () => isCut)],
    hands.do({ kind: 'cache-full', atMs: 0, lastsMs: 0 }),
  ]);
}

/** The ledger once it is balanced, or as it stands when patience ends. */
async function settled(ask: () => ReturnType<typeof balance>) {
  const untilMs = performance.now() + Number(values.patience) * 1_000;
  /** What has just come back may refuse the first question. */
  const look = () => ask().catch(() => undefined);
  let ledger = await look();
  while (inWords(ledger).length > 0 && performance.now() < untilMs) {
    await sleep(2_000);
    ledger = await look();
  }
  return ledger;
}

function inWords(ledger: Ledger | undefined): string[] {
  return ledger ? faultsOf(ledger) : ['nobody could be asked'];
}

function keepLogs(): void {
  writeFileSync(join(left, 'log'), scene.house.parts.map((part) => part.log()).join('\n\n'));
  console.error(`What its processes said, and histories that no worker could go on with: ${left}`);
}
