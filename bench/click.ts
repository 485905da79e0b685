import { parseArgs } from 'node:util';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import { report } from './load/report.ts';
import { percentile } from './load/statistics.ts';

/**
 * How long it takes from the click's HTTP request until the INVITE arrives at the employee's phone, and until the client's
 * phone is called once the employee has answered; on a real Asterisk.
 *
 * bin/bench click [--clicks 100]
 */

const { values } = parseArgs({ options: { clicks: { type: 'string', default: '100' } } });
const clickCount = Number(values.clicks);

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { installClicking } = await import('../tests/rig/clicking.ts');
const { click, openPage } = await import('../tests/rig/widget-visitor.ts');
const { saveSettings } = await import('../tests/rig/settings.ts');
const { untouchedSettings } = await import('../proto/untouched-settings.ts');

const clicking = await installClicking();
const { house, pbx, home } = clicking;
const userId = 504141;
try {
  await Promise.all([house.startWorker(), house.startConnector(), house.startApi()]);
  await saveSettings(house.store.pool, house.accountId, {
    ...untouchedSettings('ru'),
    calling: { mostPerMinute: 100 },
  });
  const page = await openPage(home, userId);
  await page.until(() => page.line?.state === 'up');
  console.log(`${clickCount} clicks, one after another; everything on this machine, stores durable`);
  const [untilInvite, untilAnswer, untilClient]: number[][] = [[], [], []];
  for (let i = 0; i <= clickCount; i++) {
    const number = `8903${String(1_000_000 + i).padStart(7, '0')}`;
    const clickedAtMs = Date.now();
    const [{ status }, rings] = await Promise.all([
      click(home, userId, number).then((answer) => {
        untilAnswer?.push(Date.now() - clickedAtMs);
        return answer;
      }),
      pbx.phone('101').nextCall(),
    ]);
    if (status !== 202) throw new Error(`The click was answered by ${status}`);
    untilInvite?.push(rings.arrivedAtMs - clickedAtMs);
    const answeredAtMs = Date.now();
    await rings.answer();
    const client = await pbx.trunk.nextCall();
    untilClient?.push(client.arrivedAtMs - answeredAtMs);
    await client.reject(486);
    await rings.ended;
  }
  for (const times of [untilInvite, untilAnswer, untilClient]) times?.shift(); // the first pays for what is loaded once
  report('Click-to-call, ms', {
    'click → INVITE at the employee, ms': summary(untilInvite ?? []),
    'click → answer to the widget, ms': summary(untilAnswer ?? []),
    'employee answers → INVITE at the client, ms': summary(untilClient ?? []),
  });
  page.close();
} finally {
  await clicking.remove();
  await removeTestServers();
}

function summary(all: readonly number[]) {
  return { p50: percentile(all, 50), p95: percentile(all, 95), max: Math.max(...all) };
}
