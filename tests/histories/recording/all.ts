import { strangersNumber } from '../../rig/calls.ts';
import { install } from '../../rig/installation.ts';
import { incomingLead, register, rule, setRules } from '../../rig/rules.ts';
import {
  recordAccount,
  recordAlerts,
  recordClients,
  recordForgetting,
  recordTokens,
  recordWebhook,
} from './accounts.ts';
import { record, recordNamedByMistake, recordObserved, recordRetry, recordRules } from './calls.ts';
import { recordClick, recordFailedClicks } from './clicks.ts';
import { areRecorded } from './history-file.ts';
import { recordLicence, recordUnlicensed } from './licence.ts';
import { recordBackfill } from './past.ts';

export async function recordAll(): Promise<void> {
  const house = await install();
  try {
    await Promise.all([house.startWorker(), house.startConnector()]);
    await recordTokens();
    await recordClick();
    await recordFailedClicks();
    await record(house, 'known-client', 'in-direct-answered');
    await record(house, 'stranger', 'rg-second-answers', strangersNumber());
    await record(house, 'outbound', 'out-answered', strangersNumber(), false);
    await record(house, 'hidden-number', 'anonymous', undefined, false);
    await record(house, 'attended-transfer', 'xfer-attended-phone', strangersNumber());
    await record(house, 'pickup', 'pickup', strangersNumber());
    await record(house, 'missed-call', 'in-direct-no-answer', strangersNumber());
    const inVain = strangersNumber(); // and then the task to call back is closed
    await record(house, 'call-in-vain', 'in-direct-no-answer', inVain);
    await record(house, 'called-again', 'in-direct-answered', inVain);
    await record(house, 'card-at-once', 'in-direct-answered', strangersNumber());
    await record(house, 'transfer-of-today', 'xfer-attended-phone', strangersNumber());
    if (!areRecorded('card-refused')) {
      await house.amocrm.fault({ match: 'POST /api/v2/events', kind: 'status', status: 500 });
      await record(house, 'card-refused', 'in-direct-answered', strangersNumber());
    }
    await recordRules(house);
    await setRules(house, [rule([register, incomingLead])]);
    await record(house, 'incoming-lead', 'in-direct-answered', strangersNumber(), false);
    await recordObserved(house);
    await recordRetry(house);
    await recordNamedByMistake(house);
    await recordWebhook(house);
    await recordAccount(house);
    await recordClients(house);
    await recordAlerts(house);
    await recordBackfill(house);
    await recordUnlicensed(house);
    await recordLicence();
    await recordForgetting(house);
  } finally {
    await house.remove();
  }
}
