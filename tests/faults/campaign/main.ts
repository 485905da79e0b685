import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BadInput } from '../../../bin/ringflow-cli/bad-input.ts';
import { startTestServers } from '../../setup/start-servers.ts';
import removeTestServers from '../../setup/stop-servers.ts';
import { readArguments } from './arguments.ts';
import type { CampaignCall } from './calls.ts';
import { judged, overLives, withinOneLife } from './growth.ts';
import type { Hands } from './hands.ts';
import type { Ledger } from './ledger.ts';
import { faultKindsOn, type PlannedFault, planOf, quietCallersOf } from './plan.ts';
import type { Sample } from './watch.ts';

/**
 * Calls come in, employees click and listen, while everything that can die does; in the end each call must be registered
 * once. Ends with 1 if not, with 2 if an argument can't be heeded.
 *
 * bin/faults [--seed 1] [--seconds 120] [--per-second 5] [--calls-of-number 3] [--click-every 3] [--every 10]
 *   [--workers 1] [--temporal dev-server | postgres] [--watch 0] [--patience 600]
 * bin/faults --seconds 3600 --per-second 2 --calls-of-number 50 --click-every 30 --every 60 --watch 60
 *   an hour, with what its processes use meanwhile; new numbers are so few that amoCRM's limit carries them for so long
 */

const { campaign, workers, temporal, watchSeconds, patienceSeconds } = readOrEnd();

process.once('SIGTERM', () => void removeTestServers().finally(() => process.exit(1)));
const servers = await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { setUp } = await import('./set-up.ts');
const { comeIn } = await import('./calls.ts');
const { takeHands } = await import('./hands.ts');
const { balance, faultsOf } = await import('./ledger.ts');
const { judgeHistories } = await import('./judge-histories.ts');
const { watch } = await import('./watch.ts');
const scene = await setUp(campaign, servers, temporal);
const left = mkdtempSync(join(tmpdir(), `ringflow-faults-${campaign.seed}-`));
let isWell = false;
try {
  const hands = await takeHands(scene.house, scene, workers);
  console.log(
    `seed ${campaign.seed}: ${campaign.seconds} s, ${campaign.perSecond} calls/s, ${workers} workers, Temporal: ${temporal}`,
  );
  console.log(`a full cache here: ${scene.disk.how}`);
  let isOver = false;
  const isDone = () => isOver;
  const watching = watch(() => ({ ...hands.processes(), ...pidsOfServers() }), watchSeconds, isDone);
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
  const quiet: CampaignCall[] = [];
  if (faults.length === 0) {
    quiet.push(...(await inQuiet(hands)));
    const silent = await scene.listeners.hearAllAgain();
    ledger = await settled(drawUp);
    faults.push(...inWords(ledger), ...silent);
  }
  const { cards, faults: inHistories } = await judgeHistories(scene.house, await scene.writer.written(), quiet, left);
  faults.push(...inHistories, ...growthIn(await watching));
  isWell = faults.length === 0;
  console.log(JSON.stringify({ ...ledger, cards }, undefined, 2));
  console.log(isWell ? 'nothing lost, nothing doubled' : `NOT BALANCED\n${faults.join('\n')}`);
  if (isWell) rmSync(left, { recursive: true });
  else await keepEvidence();
} finally {
  await scene.remove().catch(() => undefined);
  await removeTestServers();
}
process.exit(isWell ? 0 : 1);

function readOrEnd() {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

function pidsOfServers(): Record<string, number[]> {
  const { temporal, postgres, redis, mariadb: mysql } = scene.servers;
  const servers = { temporal, ...(postgres && { postgres }), redis, mysql };
  const pids = Object.entries(servers).map(([name, server]) => [name, [server.pid() ?? []].flat()]);
  return Object.fromEntries(pids);
}

/** Tells what was used. @returns what goes on growing, in words */
function growthIn(samples: readonly Sample[]): string[] {
  if (samples.length === 0) return [];
  console.table(withinOneLife(samples));
  console.table(overLives(samples));
  const verdicts = judged(samples);
  const untold = verdicts.flatMap(({ part, grows }) => (grows ? [] : [part]));
  if (untold.length > 0) console.log(`Lived too short to tell whether they grow: ${untold.join(', ')}`);
  return verdicts.flatMap(({ grows = [] }) => grows);
}

async function letHappen(happen: (fault: PlannedFault) => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  for (const fault of planOf(campaign, faultKindsOn[temporal])) {
    await sleep(Math.max(0, beganMs + fault.atMs - performance.now()));
    console.log(`${Math.round((performance.now() - beganMs) / 1_000)} s: ${fault.kind} for ${fault.lastsMs} ms`);
    await happen(fault);
  }
  await sleep(Math.max(0, beganMs + campaign.seconds * 1_000 - performance.now()));
}

/**
 * What chance may have left out while everything was in trouble: a click whose answer is cut, listening to a full disk,
 * calls that nothing happens to. @returns those
 */
async function inQuiet(hands: Hands): Promise<CampaignCall[]> {
  let isCut = false;
  const cut = scene.ami.cutMidClick(1_000, 60_000).finally(() => {
    isCut = true;
  });
  const calls = quietCallersOf(campaign).map((caller) => scene.writer.play(caller));
  await Promise.all([
    ...[cut, scene.clicker.work(scene.home, () => isCut)],
    hands.do({ kind: 'cache-full', atMs: 0, lastsMs: 0 }),
  ]);
  return Promise.all(calls);
}

/** The ledger once it is balanced, or as it stands when patience ends. */
async function settled(ask: () => ReturnType<typeof balance>) {
  const untilMs = performance.now() + patienceSeconds * 1_000;
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

async function keepEvidence(): Promise<void> {
  writeFileSync(join(left, 'log'), scene.house.parts.map((part) => part.log()).join('\n\n'));
  writeFileSync(join(left, 'amocrm.json'), JSON.stringify(await scene.house.amocrm.state()));
  console.error(`What its processes said, what amoCRM holds, histories of what has a fault: ${left}`);
}
