import { compareVersions } from './worker-versions.ts';

it.each([
  ['0.10.0', '0.9.3'],
  ['1.0.0', '0.99.99'],
  ['1.4.0-2', '1.4.0'],
  ['1.4.0-10', '1.4.0-9'],
  ['1.4.1', '1.4.0-7'],
])('%s is newer than %s', (newer, older) => {
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, newer)).toBe(0);
});
