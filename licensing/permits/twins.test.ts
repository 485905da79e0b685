import { type Echoes, hearEcho, isTwin } from './twins.ts';

const dayMs = 86_400_000;
const fresh: Echoes = { mayHold: null, twinTimes: 0, twinAtMs: null };

/** Machines of one identity and what each of them has. @param turns who asks, and what becomes of the answer */
function after(turns: readonly [machine: string, fate?: 'lost' | 'file' | 'restored'][], everyMs = dayMs / 4): boolean {
  const held = new Map<string, number>();
  let [known, serial, nowMs] = [fresh, 100, 0];
  for (const [machine, fate] of turns) {
    nowMs += everyMs;
    if (fate === 'restored') held.set(machine, 100);
    const isFile = fate === 'file';
    known = hearEcho(known, { lastSerial: held.get(machine) ?? 0, before: serial, given: serial + 1, isFile, nowMs });
    serial++;
    if (fate !== 'lost' && !isFile) held.set(machine, serial);
  }
  return isTwin(known, nowMs);
}

it.each<[string, Parameters<typeof after>[0]]>([
  ['a machine by itself', [['a'], ['a'], ['a'], ['a'], ['a']]],
  ['one whose answers are lost, time and again', [['a'], ['a', 'lost'], ['a', 'lost'], ['a'], ['a', 'lost'], ['a']]],
  [
    'one that asks for files that it never takes in',
    [['a'], ['a', 'file'], ['a'], ['a', 'file'], ['a', 'file'], ['a']],
  ],
  ['one that was brought back from a copy', [['a'], ['a'], ['a'], ['a', 'restored'], ['a'], ['a'], ['a']]],
])('%s has no twin', (_, turns) => {
  expect(after(turns)).toBe(false);
});

it('two machines of one identity are noticed once each has asked twice', () => {
  const copied: Parameters<typeof after>[0] = [['a'], ['b', 'restored'], ['a'], ['b'], ['a']];
  expect(after(copied)).toBe(true);
  expect(after([...copied, ['a'], ['a']])).toBe(true);
});

it('is forgotten a week after the copy was stopped, and says nothing of versions that do not tell', () => {
  const known = { mayHold: [7, 8], twinTimes: 3, twinAtMs: 0 };
  expect(isTwin(known, 6 * dayMs)).toBe(true);
  expect(isTwin(known, 8 * dayMs)).toBe(false);
  const old = { lastSerial: undefined, before: 8, given: 9, isFile: false, nowMs: 1 };
  expect(hearEcho({ ...known, twinTimes: 0 }, old)).toMatchObject({ mayHold: null, twinTimes: 0 });
  expect(hearEcho(known, { ...old, lastSerial: 1_000 })).toMatchObject({ twinTimes: 3 }); // the database is an older copy
});
