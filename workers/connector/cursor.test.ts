import fc from 'fast-check';
import { type Anchor, advance, type Cursor, gapPatienceMs, idsRestarted, nextReadFrom, noCursor } from './cursor.ts';

const row = (id: number): Anchor => ({
  id,
  uniqueid: `1.${id}`,
  eventType: 'ANSWER',
  eventTime: '2026-11-23 10:00:00',
});

/** What a read of the table at this cursor gives, of the rows that are visible by then. */
function readAt(cursor: Cursor, visible: ReadonlySet<number>): Anchor[] {
  const wanted = (id: number) =>
    id >= nextReadFrom(cursor) || cursor.gaps.some((gap) => id >= gap.fromId && id <= gap.toId);
  return [...visible]
    .filter(wanted)
    .sort((a, b) => a - b)
    .filter((id) => id !== cursor.anchor?.id)
    .map(row);
}

describe('the cursor', () => {
  it('reads each row exactly once, in whatever order rows become visible', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 5 }), (order, atOnce) => {
        let cursor = noCursor;
        const visible = new Set<number>();
        const read: number[] = [];
        for (let i = 0; i < order.length; i += atOnce) {
          for (const id of order.slice(i, i + atOnce)) visible.add(id);
          const rows = readAt(cursor, visible);
          read.push(...rows.map(({ id }) => id));
          cursor = advance(cursor, rows, 0);
        }
        expect(read.sort((a, b) => a - b)).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('waits for an id that was jumped over, but not for ever', () => {
    const cursor = advance(advance(noCursor, [row(1)], 0), [row(4)], 1000);
    expect(cursor.gaps).toEqual([{ fromId: 2, toId: 3, sinceMs: 1000 }]);
    expect(advance(cursor, [], 999 + gapPatienceMs).gaps).toHaveLength(1);
    expect(advance(cursor, [], 1000 + gapPatienceMs).gaps).toEqual([]);
  });

  it('stays small when every other id is missing', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => row(i * 2));
    expect(JSON.stringify(advance(noCursor, rows, 0)).length).toBeLessThan(40_000);
  });

  const edges = (firstId: number, newestId: number, eventTime?: string) => ({
    first: { ...row(firstId), ...(eventTime && { eventTime }) },
    newest: row(newestId),
  });

  it('notices a table that was emptied, restored or refilled', () => {
    expect(idsRestarted(row(5), row(5), undefined)).toBe(false);
    expect(idsRestarted(row(5), { ...row(5), uniqueid: '2.5' }, undefined)).toBe(true);
    expect(idsRestarted(row(5), { ...row(5), eventTime: '2026-11-24 10:00:00' }, undefined)).toBe(true);
    expect(idsRestarted(row(5), undefined, edges(1, 3))).toBe(true);
    expect(idsRestarted(row(5), undefined, edges(1, 9, '2026-11-24 10:00:00'))).toBe(true);
  });

  it('is not misled by a clean-up of old rows', () => {
    expect(idsRestarted(row(5), undefined, undefined)).toBe(false);
    expect(idsRestarted(row(5), undefined, edges(6, 9))).toBe(false);
    expect(idsRestarted(row(5), undefined, edges(2, 9))).toBe(false);
  });
});
