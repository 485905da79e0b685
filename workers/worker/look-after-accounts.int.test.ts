import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import type { Account } from '../../activities/store/accounts.ts';
import { createAlertActors } from '../../runtime/alert-actors.ts';
import { createTokenActors } from '../../runtime/token-actors.ts';
import { servers } from '../../tests/rig/servers.ts';
import { alertsWorkflowId } from '../../workflows/alerts/contract.ts';
import { amocrmTokenWorkflowId } from '../../workflows/amocrm-token/contract.ts';
import { clientsWorkflowId } from '../../workflows/clients/contract.ts';
import { createClientKeepers } from './client-keepers.ts';
import { lookAfterAccounts } from './look-after-accounts.ts';

jest.setTimeout(60_000);

it('actors that were lost are started again, and those that run write no history for it', async () => {
  const connection = await Connection.connect({ address: servers.temporalAddress });
  const temporal = new Client({ connection });
  const stop = new AbortController();
  const id = `account-${randomUUID()}`;
  let looks = 0;
  const list = async () => {
    looks++;
    return [{ id, clientId: 'integration' } as Account];
  };
  const actors = {
    tokenActors: createTokenActors(temporal),
    keepers: createClientKeepers(temporal),
    alertActors: createAlertActors(temporal),
  };
  const logger = pino({ level: 'silent' });
  const looking = lookAfterAccounts({ list }, actors, { newEveryMs: 20, allEveryMs: 0 }, logger, stop.signal);
  const reached = async (what: () => Promise<boolean> | boolean) => {
    while (!(await what())) await sleep(50);
  };
  const handles = [amocrmTokenWorkflowId(id), clientsWorkflowId(id), alertsWorkflowId(id)].map((name) =>
    temporal.workflow.getHandle(name),
  );
  const described = () => Promise.all(handles.map((handle) => handle.describe()));
  try {
    await reached(() => looks > 1);
    const first = await described();
    const seen = looks;
    await reached(() => looks > seen + 3);
    expect((await described()).map(({ historyLength }) => historyLength)).toEqual(
      first.map(({ historyLength }) => historyLength),
    );
    await Promise.all(handles.map((handle) => handle.terminate()));
    const isRunning = async () => (await described()).every(({ status }) => status.name === 'RUNNING');
    await reached(isRunning);
    expect((await described()).map(({ runId }) => runId)).not.toEqual(first.map(({ runId }) => runId));
  } finally {
    stop.abort();
    await looking;
    await Promise.all(handles.map((handle) => handle.terminate().catch(() => undefined)));
    await connection.close();
  }
});
