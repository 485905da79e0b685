import type { RawCel } from '../../activities/asterisk/cel-table.ts';
import { Endings } from './endings.ts';

const row = (id: number, eventtype: string, linkedid = '1.1') => ({ id, eventtype, linkedid }) as RawCel;
const ids = (rows: RawCel[]) => rows.map(({ id }) => id);

it('rows with which a call ends are brought together, with its last', () => {
  const endings = new Endings();
  expect(endings.due([row(1, 'BRIDGE_EXIT'), row(2, 'HANGUP')], 0)).toEqual([]);
  const all = [row(1, 'BRIDGE_EXIT'), row(2, 'HANGUP'), row(3, 'CHAN_END'), row(4, 'LINKEDID_END')];
  expect(ids(endings.due(all, 40))).toEqual([1, 2, 3, 4]);
  expect(endings.waitingForMs(50)).toBe(0);
});

it('what matters at once waits for nothing, and brings along what waits of its call', () => {
  const endings = new Endings();
  expect(endings.due([row(1, 'HANGUP')], 0)).toEqual([]);
  expect(ids(endings.due([row(1, 'HANGUP'), row(2, 'ANSWER')], 10))).toEqual([1, 2]);
});

it('of one call they do not wait for another, nor does another wait for them', () => {
  const endings = new Endings();
  expect(ids(endings.due([row(1, 'HANGUP'), row(2, 'CHAN_START', '2.1')], 0))).toEqual([2]);
  expect(endings.waitingForMs(30)).toBe(30);
  expect(ids(endings.due([row(1, 'HANGUP'), row(3, 'LINKEDID_END', '2.1')], 40))).toEqual([3]);
});

it('they wait a moment and no longer: a phone of several may be hung up alone', () => {
  const endings = new Endings();
  expect(endings.due([row(1, 'HANGUP')], 1_000)).toEqual([]);
  expect(endings.due([row(1, 'HANGUP'), row(2, 'CHAN_END')], 1_200)).toEqual([]);
  expect(ids(endings.due([row(1, 'HANGUP'), row(2, 'CHAN_END')], 1_250))).toEqual([1]);
  expect(ids(endings.due([row(2, 'CHAN_END')], 1_450))).toEqual([2]);
});

it('none that is gone from the table, or was brought with a full page, is waited for', () => {
  const endings = new Endings();
  endings.due([row(1, 'HANGUP')], 0);
  endings.due([row(2, 'CHAN_START')], 100);
  expect(endings.waitingForMs(10_000)).toBe(0);
  endings.due([row(3, 'HANGUP')], 10_000);
  endings.clear();
  expect(endings.waitingForMs(20_000)).toBe(0);
});
