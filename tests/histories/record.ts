import { startTestServers } from '../setup/start-servers.ts';
import removeTestServers from '../setup/stop-servers.ts';

/**
 * Records what Temporal writes of typical calls: `npm run record-histories`. Running workflows must survive an upgrade,
 * so tests/replay.test.ts plays these to the present code. What is recorded already stays: delete a file to record it
 * anew, and only when no call that began with the code of then can still run.
 */

await startTestServers({ durable: false });
try {
  const { recordAll } = await import('./recording/all.ts'); // the rig reads the servers' addresses when it is loaded
  await recordAll();
} finally {
  await removeTestServers();
}
