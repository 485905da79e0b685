import type { CelRow } from '../../../proto/cel.ts';
import { recordedTrace, usable } from '../../../tests/recorded/recorded-trace.ts';
import { addRows, channelsBegunElsewhere, channelsGoneElsewhere, conclude, noFacts, oldestLinkedid } from './index.ts';

/** Two linkedids that Asterisk joined, each with the rows that carry it: as two actors get them live. */
function bothSides(scenario: string) {
  const { rows, pbx } = usable(recordedTrace(scenario));
  const [older = [], younger = []] = [...Map.groupBy(rows, (row) => row.linkedid).values()];
  return { rows, pbx, older, younger };
}

function factsOf(rows: readonly CelRow[]) {
  const facts = noFacts(rows[0]?.linkedid ?? '');
  addRows(facts, rows);
  return facts;
}

describe.each([
  'xfer-attended-phone',
  'a16-xfer-attended-phone',
  'xfer-semi-attended',
  'pickup',
  'park-retrieve',
  'a16-park',
])('two linkedids that become one: %s', (scenario) => {
  const { rows, pbx, older, younger } = bothSides(scenario);

  it('the survivor names channels of the other, and with its rows tells the same as from all at once', () => {
    const survivor = factsOf(older);
    const missing = channelsBegunElsewhere(survivor);
    expect(missing.length).toBeGreaterThan(0);
    expect(younger.some((row) => missing.includes(row.uniqueid))).toBe(true);
    addRows(survivor, younger);
    expect(channelsBegunElsewhere(survivor)).toEqual([]);
    expect(conclude(survivor, pbx)).toEqual(conclude(factsOf(rows), pbx));
  });

  it('the survivor is the older', () => {
    expect(oldestLinkedid(new Set(rows.map((row) => row.linkedid)))).toBe(older[0]?.linkedid);
  });

  it('the other sees that a channel of its own lives on', () => {
    expect(channelsGoneElsewhere(factsOf(younger))).toHaveLength(1);
    expect(channelsGoneElsewhere(factsOf(rows))).toEqual([]);
  });

  it('the order in which the two sides are known does not matter', () => {
    const fromYounger = factsOf(younger);
    addRows(fromYounger, older);
    expect(conclude(fromYounger, pbx).map((call) => call.linkedid)).toEqual(
      conclude(factsOf(rows), pbx).map((call) => call.linkedid),
    );
  });
});

it.each(['in-direct-answered', 'xfer-chain', 'queue-answered', 'ctc-local', 'xfer-attended-feature'])(
  'a call of its own names nobody elsewhere: %s',
  (scenario) => {
    const facts = factsOf(usable(recordedTrace(scenario)).rows);
    expect(channelsBegunElsewhere(facts)).toEqual([]);
    expect(channelsGoneElsewhere(facts)).toEqual([]);
  },
);

it.each([
  [['1795410786.100', '1795410786.99'], '1795410786.99'],
  [['1795410787.1', '1795410786.2'], '1795410786.2'],
  [['pbx-b-1795410786.7', 'pbx-a-1795410787.1'], 'pbx-b-1795410786.7'],
  [['garbage', '1795410786.7'], '1795410786.7'],
])('of %j the oldest is %s', (linkedids, oldest) => {
  expect(oldestLinkedid(linkedids)).toBe(oldest);
  expect(oldestLinkedid([...linkedids].reverse())).toBe(oldest);
});
