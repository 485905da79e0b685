import { isObserved } from './observed.ts';

const startedAtMs = 1_795_417_935_400;
const at = (linkedid: string) => ({ linkedid, startedAtMs });
const until = (untilMs: number | null) => ({ observed: { untilMs } });

it.each<[string, boolean, string, Parameters<typeof isObserved>[1]]>([
  ['of a PBX that nobody observes', false, '1795417935.10', {}],
  ['of one that is observed without an end', true, '1795417935.10', until(null)],
  ['that began before the cut-over', true, '1795417935.10', until(1_795_417_936_000)],
  ['that began at the cut-over', false, '1795417935.10', until(1_795_417_935_000)],
  ['that began after it', false, '1795417935.10', until(1_795_417_934_000)],
  ['whose linkedid names the system too', true, 'pbx-1795417935.10', until(1_795_417_935_001)],
  ['whose linkedid tells no time, before the cut-over', true, 'x', until(startedAtMs + 1)],
  ['whose linkedid tells no time, after it', false, 'x', until(startedAtMs)],
])('a call %s is observed: %s', (_, expected, linkedid, settings) => {
  expect(isObserved(at(linkedid), settings)).toBe(expected);
});
