import type { RawCel } from '../../activities/asterisk/cel-table.ts';
import { Patience } from './patience.ts';

const row = (id: number, eventtype: string, linkedid = '1.1', uniqueid = linkedid) =>
  ({ id, eventtype, linkedid, uniqueid }) as RawCel;
const ids = (rows: RawCel[]) => rows.map(({ id }) => id);

it('rows with which a call ends are brought together, with its last', () => {
  const patience = new Patience();
  expect(patience.due([row(1, 'BRIDGE_EXIT'), row(2, 'HANGUP')], 0)).toEqual([]);
  const all = [row(1, 'BRIDGE_EXIT'), row(2, 'HANGUP'), row(3, 'CHAN_END'), row(4, 'LINKEDID_END')];
  expect(ids(patience.due(all, 40))).toEqual([1, 2, 3, 4]);
  expect(patience.waitingForMs(50)).toBe(0);
  expect(patience.leftMs(50)).toBe(Infinity);
});

it('what matters at once waits for nothing, and brings along what waits of its call', () => {
  const patience = new Patience();
  expect(patience.due([row(1, 'HANGUP')], 0)).toEqual([]);
  expect(ids(patience.due([row(1, 'HANGUP'), row(2, 'ANSWER')], 10))).toEqual([1, 2]);
});

it('of one call they do not wait for another, nor does another wait for them', () => {
  const patience = new Patience();
  expect(ids(patience.due([row(1, 'HANGUP'), row(2, 'ANSWER', '2.1')], 0))).toEqual([2]);
  expect(patience.waitingForMs(30)).toBe(30);
  expect(ids(patience.due([row(1, 'HANGUP'), row(3, 'LINKEDID_END', '2.1')], 40))).toEqual([3]);
});

it('they wait a moment and no longer: a phone of several may be hung up alone', () => {
  const patience = new Patience();
  expect(patience.due([row(1, 'HANGUP')], 1_000)).toEqual([]);
  expect(patience.due([row(1, 'HANGUP'), row(2, 'CHAN_END')], 1_200)).toEqual([]);
  expect(ids(patience.due([row(1, 'HANGUP'), row(2, 'CHAN_END')], 1_250))).toEqual([1, 2]);
});

it('none that is gone from the table, or was brought with a full page, is waited for', () => {
  const patience = new Patience();
  patience.due([row(1, 'HANGUP')], 0);
  patience.due([row(2, 'ANSWER')], 100);
  expect(patience.waitingForMs(10_000)).toBe(0);
  patience.due([row(3, 'HANGUP')], 10_000);
  patience.clear();
  expect(patience.waitingForMs(20_000)).toBe(0);
});

describe('a call that has just begun', () => {
  const begun = [row(1, 'CHAN_START'), row(2, 'APP_START')];

  it('is brought with the channel that it makes', () => {
    const patience = new Patience();
    expect(patience.due(begun, 0)).toEqual([]);
    expect(ids(patience.due([...begun, row(3, 'CHAN_START', '1.1', '1.2')], 20))).toEqual([1, 2, 3]);
  });

  it('is brought soon, though it rings nobody: a voice may answer it', () => {
    const patience = new Patience();
    expect(patience.due(begun, 0)).toEqual([]);
    expect(patience.due([...begun, row(3, 'ANSWER')], 10)).toEqual([]);
    expect(patience.leftMs(12)).toBe(18);
    expect(ids(patience.due([...begun, row(3, 'ANSWER')], 30))).toEqual([1, 2, 3]);
  });

  it('is brought at once with its end', () => {
    expect(ids(new Patience().due([row(1, 'CHAN_START'), row(2, 'HANGUP'), row(3, 'LINKEDID_END')], 0))).toEqual([
      1, 2, 3,
    ]);
  });

  it('waits for nothing when it goes on', () => {
    expect(ids(new Patience().due([row(2, 'APP_START')], 0))).toEqual([2]);
  });
});
