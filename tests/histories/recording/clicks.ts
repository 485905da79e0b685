import type { RowDataPacket } from 'mysql2/promise';
import { createSettingsChanges } from '../../../activities/store/settings-changes.ts';
import { createAccountActors } from '../../../runtime/account-actors.ts';
import { createClickActors } from '../../../runtime/click-actors.ts';
import { callWorkflowId } from '../../../workflows/call/contract.ts';
import { clickWorkflowId } from '../../../workflows/click-to-call/contract.ts';
import { installClicking } from '../../rig/clicking.ts';
import { startGatedWay } from '../../rig/slow-way.ts';
import { areRecorded, save } from './history-file.ts';

/** Somebody clicks on a number, and talks with the client. */
export async function recordClick(): Promise<void> {
  if (areRecorded('click')) return;
  const clicking = await installClicking();
  const { house: shop, pbx } = clicking;
  try {
    await Promise.all([shop.startWorker(), shop.startConnector()]);
    const { temporal } = shop;
    const shopId = shop.accountId;
    await createAccountActors(temporal, createSettingsChanges(shop.store.pool, 'ru')).readCatalogue(shopId);
    const input = { accountId: shopId, requestId: 'recorded', userId: 504141, number: '8 916 123-45-67' };
    await createClickActors(temporal).begin(input);
    const rings = await pbx.phone('101').nextCall();
    await rings.answer();
    const outside = await pbx.trunk.nextCall();
    await outside.answer();
    await outside.hears(rings);
    const workflowId = clickWorkflowId(input);
    await temporal.workflow.getHandle(workflowId).result();
    await outside.hangUp();
    const [[noted]] = await shop.store.pool.query<RowDataPacket[]>('SELECT linkedid FROM clicks');
    await shop.closed(noted?.linkedid);
    await save('click', temporal, workflowId);
    await save('click-call', temporal, callWorkflowId(shop.pbxId, noted?.linkedid));
  } finally {
    await clicking.remove();
  }
}

/** Clicks that come to nothing: a number that is none, AMI that does not answer, a connector that dies while the phone rings. */
export async function recordFailedClicks(): Promise<void> {
  const names = ['click-refused', 'click-uncertain', 'click-lost'];
  if (areRecorded(...names)) return;
  const { house: shop, pbx, remove } = await installClicking();
  const way = await startGatedWay(`tcp://127.0.0.1:${pbx.ami.port}`);
  const ami = { PBX_AMI_PORT: new URL(way.url).port };
  const shopId = shop.accountId;
  const actors = createClickActors(shop.temporal);
  const click = async (requestId: string, number: string) => {
    const input = { accountId: shopId, requestId, userId: 504141, number };
    await actors.begin(input);
    return clickWorkflowId(input);
  };
  const isOver = (workflowId: string) => shop.temporal.workflow.getHandle(workflowId).result();
  try {
    const [, connector] = await Promise.all([shop.startWorker(ami), shop.startConnector(ami)]);
    await connector.said('calls can be placed');
    await createAccountActors(shop.temporal, createSettingsChanges(shop.store.pool, 'ru')).readCatalogue(shopId);
    const refused = await click('refused', '101');
    way.shut();
    const uncertain = await click('uncertain', '8 916 123-45-67');
    await isOver(uncertain);
    way.open();
    await connector.said(/calls can be placed[\s\S]*calls can be placed/);
    const lost = await click('lost', '8 916 123-45-67');
    await pbx.phone('101').nextCall();
    await connector.kill();
    await isOver(lost);
    for (const [index, workflowId] of [refused, uncertain, lost].entries()) {
      await save(names[index] as string, shop.temporal, workflowId);
    }
  } finally {
    way.close();
    await remove();
  }
}
