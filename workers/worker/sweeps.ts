import type { Client } from '@temporalio/client';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import type { Accounts } from '../../activities/store/accounts.ts';
import { createForgettings } from '../../activities/store/forgettings.ts';
import { createJournal } from '../../activities/store/journal.ts';
import { createLosses } from '../../activities/store/losses.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import { createRetention } from '../../activities/store/retention.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createUnsettledCalls } from '../../activities/store/unsettled-calls.ts';
import { createAlertActors } from '../../runtime/alert-actors.ts';
import type { CallActors } from '../../runtime/call-actors.ts';
import type { Configuration } from '../../runtime/configuration/configuration.ts';
import { createForgetActors } from '../../runtime/forget-actors.ts';
import { createLicenceActor } from '../../runtime/licence-actors.ts';
import { isRunning } from '../../runtime/standing.ts';
import type { TokenActors } from '../../runtime/token-actors.ts';
import { createWorkerVersions } from '../../runtime/worker-versions.ts';
import { createClientKeepers } from './client-keepers.ts';
import type { LicensingTools } from './licensing.ts';
import { lookAfterAccounts } from './look-after-accounts.ts';
import { lookAfterLicence } from './look-after-licence.ts';
import { sweepRetention } from './retention-sweep.ts';
import { takeOver } from './take-over.ts';
import { takeUpAbandoned } from './take-up-abandoned.ts';
import { takeUpAfterLoss } from './take-up-after-loss.ts';

const accountsCare = { newEveryMs: 30_000, allEveryMs: 300_000 };
const licenceCare = { lookEveryMs: 5_000, keepEveryMs: 300_000, noteTimeEveryMs: 3_600_000 };
const retentionEveryMs = 3_600_000;
const lossesEveryMs = 10_000;
const abandoned = { everyMs: 300_000, afterMs: 300_000 };

interface Means {
  pool: Pool;
  accounts: Accounts;
  pbxs: KnownPbxs;
  licensing: LicensingTools;
  temporal: Client;
  /** Of the namespace, as it is in Temporal now. */
  namespaceId(): Promise<string>;
  callActors: CallActors;
  tokenActors: TokenActors;
}

/** What a worker sees to beside its work, each by itself until `stopping` is aborted; all workers do so side by side. */
export function startSweeps(
  { pool, accounts, pbxs, licensing, temporal, namespaceId, callActors, tokenActors }: Means,
  { temporalNamespace: namespace, workerVersion }: Pick<Configuration, 'temporalNamespace' | 'workerVersion'>,
  logger: Logger,
  stopping: AbortSignal,
): void {
  const runs = (workflowId: string) => isRunning(temporal, workflowId);
  const forgettings = createForgettings(pool);
  const retention = { pbxs, settings: createSettingsStore(pool), retention: createRetention(pool) };
  void sweepRetention(retention, retentionEveryMs, logger, stopping);
  const actors = { tokenActors, keepers: createClientKeepers(temporal), alertActors: createAlertActors(temporal) };
  void lookAfterAccounts(accounts, actors, accountsCare, logger, stopping);
  const open = {
    ...{ losses: createLosses(pool), forgettings, forgetActors: createForgetActors(temporal, forgettings) },
    ...{ actors: callActors, isRunning: runs, namespace, namespaceId },
    takeOver: () => void takeOver(createWorkerVersions(temporal), workerVersion, logger, stopping),
  };
  void takeUpAfterLoss(open, lossesEveryMs, logger, stopping);
  const calls = { pbxs, unsettled: createUnsettledCalls(pool), journal: createJournal(pool), actors: callActors };
  void takeUpAbandoned({ ...calls, isRunning: runs }, abandoned, logger, stopping);
  const licenceActor = createLicenceActor(temporal, licensing.identity);
  void lookAfterLicence({ ...licensing, licenceActor }, licenceCare, logger, stopping);
}
