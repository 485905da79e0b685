import { setTimeout as sleep } from 'node:timers/promises';
import { createForgettings } from '../../../activities/store/forgettings.ts';
import { createJournal } from '../../../activities/store/journal.ts';
import { createSettingsStore } from '../../../activities/store/settings.ts';
import { createSettingsChanges } from '../../../activities/store/settings-changes.ts';
import { defaultRules } from '../../../proto/default-rules.ts';
import { createAccountActors } from '../../../runtime/account-actors.ts';
import { createAlertActors } from '../../../runtime/alert-actors.ts';
import { createForgetActors } from '../../../runtime/forget-actors.ts';
import { createTokenActors } from '../../../runtime/token-actors.ts';
import { accountWorkflowId } from '../../../workflows/account/contract.ts';
import { type AlertsInput, alertsWorkflowId, alertsWorkflowType } from '../../../workflows/alerts/contract.ts';
import { amocrmTokenWorkflowId } from '../../../workflows/amocrm-token/contract.ts';
import { callsTaskQueue } from '../../../workflows/call/contract.ts';
import { clientsWorkflowId, clientsWorkflowType } from '../../../workflows/clients/contract.ts';
import { forgetWorkflowId } from '../../../workflows/forget/contract.ts';
import { type WebhookInput, webhookWorkflowId, webhookWorkflowType } from '../../../workflows/webhook/contract.ts';
import { startReceiver } from '../../rig/alert-receivers.ts';
import type { AmocrmState } from '../../rig/amocrm.ts';
import { strangersNumber } from '../../rig/calls.ts';
import type { Installation } from '../../rig/installation.ts';
import { journalEntry } from '../../rig/journal-entry.ts';
import { installConnectable } from '../../rig/oauth.ts';
import { setRules } from '../../rig/rules.ts';
import { areRecorded, save } from './history-file.ts';

/** The tokens of an account that is connected, renewed on demand and switched off. */
export async function recordTokens(): Promise<void> {
  if (areRecorded('amocrm-token')) return;
  const connectable = await installConnectable();
  try {
    await Promise.all([connectable.startWorker(), connectable.startApi()]);
    await connectable.connect();
    await createTokenActors(connectable.temporal).refresh(connectable.accountId, 1);
    const isRenewed = ({ requests }: AmocrmState) =>
      requests.filter(({ path }) => path === '/oauth2/access_token').length > 1;
    await connectable.amocrm.until(isRenewed, 'the renewal');
    await connectable.amocrm.oauth.off();
    await connectable.entered('disconnected');
    await save('amocrm-token', connectable.temporal, amocrmTokenWorkflowId(connectable.accountId));
  } finally {
    await connectable.remove();
  }
}

/** amoCRM tells of a contact that was changed and of a lead that a person has entered. */
export async function recordWebhook(house: Installation): Promise<void> {
  if (areRecorded('webhook')) return;
  const { accountId } = house;
  const phone = `7${strangersNumber()}`;
  const contactId = await house.amocrm.addContact(phone);
  const leadId = await house.amocrm.addLead({ name: 'By hand', contactIds: [contactId] });
  const changes: WebhookInput['changes'] = [
    { entityType: 'contacts', entityId: contactId, phones: [phone] },
    { entityType: 'leads', entityId: leadId, phones: [], isNew: true },
  ];
  const workflowId = webhookWorkflowId(accountId, 'recorded');
  const args: [WebhookInput] = [{ accountId, changes }];
  await house.temporal.workflow.execute(webhookWorkflowType, { workflowId, taskQueue: callsTaskQueue, args });
  await save('webhook', house.temporal, workflowId);
}

/** As many turns as go into one history. */
export async function recordClients(house: Installation): Promise<void> {
  if (areRecorded('clients')) return;
  const { accountId } = house;
  const workflowId = clientsWorkflowId(accountId);
  const { firstExecutionRunId } = await house.temporal.workflow.start(clientsWorkflowType, {
    ...{ workflowId, workflowIdConflictPolicy: 'TERMINATE_EXISTING', taskQueue: callsTaskQueue },
    args: [{ accountId, longestPauseMs: 10 }],
  });
  const handle = house.temporal.workflow.getHandle(workflowId);
  while ((await handle.describe()).runId === firstExecutionRunId) await sleep(500);
  await handle.terminate();
  await save('clients', house.temporal, workflowId, firstExecutionRunId);
}

/** Somebody tests where alerts go; a call needs a person, which is told to a program and by a task, and then needs none. */
export async function recordAlerts(house: Installation): Promise<void> {
  if (areRecorded('alerts')) return;
  const { accountId } = house;
  const program = await startReceiver();
  const hook = { id: 'crm', name: 'CRM', kind: 'webhook', url: program.url } as const;
  const task = { id: 'task', name: 'Anna', kind: 'amocrm-task', userId: 504141 } as const;
  const timing = { afterMinutes: 0, pausedMinutes: 10, remindAfterHours: 24 };
  const alerts = { destinations: [hook, task], about: ['needs-attention' as const], ...timing };
  await setRules(house, [...defaultRules], { alerts });
  const workflowId = alertsWorkflowId(accountId);
  const handle = await house.temporal.workflow.start(alertsWorkflowType, {
    ...{ workflowId, workflowIdConflictPolicy: 'TERMINATE_EXISTING', taskQueue: callsTaskQueue },
    args: [{ accountId, lookEveryMs: 200 } satisfies AlertsInput],
  });
  const wording = { accountId, language: 'en', timeZone: 'UTC', link: 'http://127.0.0.1:8080/' } as const;
  await createAlertActors(house.temporal).test(accountId, { destination: hook, wording });
  const journal = createJournal(house.store.pool);
  const needing = journalEntry({ pbxId: house.pbxId }, { state: 'needs-attention', reason: 'amoCRM refuses.' });
  await journal.write(needing);
  await program.until((heard) => heard.length > 1);
  await journal.write({ ...needing, registration: { state: 'not-sent', reason: 'By hand.' } });
  await program.until((heard) => heard.length > 2);
  const isOfAlerts = ({ text }: { text: string }) => text.startsWith('Ringflow');
  await house.amocrm.until(({ tasks }) => tasks.filter(isOfAlerts).length > 1, 'both tasks');
  await save('alerts', house.temporal, workflowId, handle.firstExecutionRunId);
  await handle.terminate();
  await program.close();
}

/** The settings are changed, amoCRM is asked who works there, and they are changed by somebody who saw an old version. */
export async function recordAccount(house: Installation): Promise<void> {
  if (areRecorded('account')) return;
  const { accountId } = house;
  const actors = createAccountActors(house.temporal, createSettingsChanges(house.store.pool, 'ru'));
  const basedOn = (await createSettingsStore(house.store.pool).latest(accountId))?.version ?? 0;
  await actors.change({ accountId, basedOn, sections: { language: 'en', rules: [...defaultRules] }, author: 'anna' });
  await actors.readCatalogue(accountId);
  await actors.change({ accountId, basedOn, sections: { rules: [] }, author: 'boris' });
  await save('account', house.temporal, accountWorkflowId(accountId));
}

/** Comes last: histories of others go with it. */
export async function recordForgetting(house: Installation): Promise<void> {
  if (areRecorded('forget')) return;
  const { accountId } = house;
  const { call } = journalEntry({ pbxId: house.pbxId });
  await createJournal(house.store.pool).write(journalEntry(call));
  const actors = createForgetActors(house.temporal, createForgettings(house.store.pool));
  const id = await actors.begin(accountId, `+${call.externalNumber}`, 'anna');
  await house.temporal.workflow.getHandle(forgetWorkflowId(accountId, id)).result();
  await save('forget', house.temporal, forgetWorkflowId(accountId, id));
}
