import type { CelRow } from '../../../proto/cel.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import { answeredInbound, phone, trunk } from '../../../tests/recorded/pbx-script.ts';
import { addRows, conclude, isAnybodyThere, noFacts } from './index.ts';

/** Temporal carries 2 MB; phases and registrations stand beside the facts. */
const roomBytes = 1_300_000;

/** A call that PBX or attacker makes very long in some way, and that ends like any other. */
function longCall(grow: (script: ReturnType<typeof answeredInbound>, step: number) => void, steps: number): CelRow[] {
  const script = answeredInbound();
  for (let step = 0; step < steps; step++) grow(script.at(3 + step), step);
  return script
    .at(3 + steps)
    .exit('first', phone, trunk)
    .hangup(trunk, 16, trunk)
    .hangup(phone, 16, trunk)
    .over(trunk).rows;
}

describe.each<[string, CelRow[]]>([
  ['holds and bridges without end', longCall((script) => script.exit('first', trunk).enter('first', trunk), 40_000)],
  [
    'is parked again and again',
    longCall((script) => script.row(trunk, 'PARK_START', { parking_lot: 'default' }), 12_000),
  ],
  [
    'has thousands of answered channels',
    longCall((script, step) => {
      const channel = `PJSIP/102-${(step + 16).toString(16).padStart(8, '0')}`;
      script.start(channel, { of: trunk, from: '102' }).answer(channel).enter(`bridge ${step}`, channel);
      script.exit(`bridge ${step}`, channel).hangup(channel);
    }, 4_000),
  ],
])('a call that %s', (_, rows) => {
  const facts = noFacts(rows[0]?.linkedid ?? '');
  for (let at = 0; at < rows.length; at += 100) addRows(facts, rows.slice(at, at + 100));

  it('is kept within what Temporal carries, and says that rows are missing', () => {
    expect(JSON.stringify(facts).length).toBeLessThan(roomBytes);
    const [call] = conclude(facts, defaultPbx('main', 'UTC'));
    expect(call?.doubts.join()).toMatch(/rows were left out/);
  });

  it("is told to its end, as the client's", () => {
    const [call] = conclude(facts, defaultPbx('main', 'UTC'));
    expect(call).toMatchObject({ direction: 'inbound', result: 'answered', answeredBy: '101' });
    expect(call?.endedAtMs).toBe(rows.at(-1)?.eventAtMs);
    expect(isAnybodyThere(facts)).toBe(false);
  });

  it('counts a row that is read again only once', () => {
    const before = facts.rowsLeftOut;
    addRows(facts, rows);
    expect(facts.rowsLeftOut).toBe(before);
  });
});
