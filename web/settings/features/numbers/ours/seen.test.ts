import { entriesOf, type SeenNumber, withNumber } from './seen.ts';

const seen = (key: string, pbxId: string, calls: number, lastAtMs: number | null): SeenNumber => ({
  ...{ kind: 'did', key, pbxId, calls, lastAtMs, leadsTo: null },
});

it('a number stands once, with what all PBXs have of it, the last called first', () => {
  const all = [seen('1', 'main', 2, 5), seen('2', 'main', 1, 9), seen('1', 'branch', 3, 7), seen('4', 'main', 0, null)];
  const entries = entriesOf(all, ['3', '2']);
  expect(entries.map(({ key, calls, lastAtMs }) => [key, calls, lastAtMs])).toEqual([
    ['2', 1, 9],
    ['1', 5, 7],
    ['3', 0, null],
    ['4', 0, null],
  ]);
});

it('what is emptied says nothing any more, and leaves nothing behind', () => {
  const numbers = withNumber({}, '1', { name: 'Ads', tags: [] });
  expect(numbers).toEqual({ '1': { name: 'Ads' } });
  expect(withNumber(numbers, '1', { pipelineId: 3, name: '' })).toEqual({ '1': { pipelineId: 3 } });
  expect(withNumber(numbers, '1', { name: '' })).toEqual({});
});
