import { modeOf, withPbx } from './observed-pbxs.ts';

const noonMs = Date.UTC(2026, 11, 1, 9);
const observed = { main: { until: null }, branch: { until: '2026-12-01T09:00:00Z' } };

it('a PBX is observed until its time has come', () => {
  expect(modeOf('main', observed, noonMs)).toEqual({ mode: 'observing', untilMs: null });
  expect(modeOf('branch', observed, noonMs - 1)).toEqual({ mode: 'observing', untilMs: noonMs });
  expect(modeOf('branch', observed, noonMs)).toEqual({ mode: 'acting', sinceMs: noonMs });
  expect(modeOf('other', observed, noonMs)).toEqual({ mode: 'acting', sinceMs: null });
  expect(modeOf('constructor', observed, noonMs)).toEqual({ mode: 'acting', sinceMs: null });
});

it('one PBX is changed, the others stay', () => {
  expect(withPbx(observed, 'branch', undefined)).toEqual({ main: { until: null } });
  expect(withPbx(observed, 'branch', noonMs + 60_000)).toEqual({
    ...observed,
    branch: { until: '2026-12-01T09:01:00Z' },
  });
  expect(withPbx({}, 'main', null)).toEqual({ main: { until: null } });
  expect(withPbx({ main: { until: null } }, 'main', undefined)).toBeNull();
});
