import fc from 'fast-check';
import { placesOf } from './places.ts';

const day = '2026-11-25';
const places = (file: string, more: Partial<Parameters<typeof placesOf>[0]> = {}) =>
  placesOf({ file, day, folder: '/mnt/monitor', pbxFolder: null, ...more });

it("of FreePBX lie in the folder of the day that the name tells, or of the call's", () => {
  expect(places('out-8916-101-20261126-000003-1764000000.1.wav')[0]).toBe(
    '2026/11/26/out-8916-101-20261126-000003-1764000000.1.wav',
  );
  expect(places('a.wav').slice(0, 2)).toEqual(['2026/11/25/a.wav', '2026/11/25/a.mp3']);
});

it.each([
  ['a path from the folder on', 'sales/a.wav', undefined, 'sales/a.wav'],
  ['a whole path below Asterisk’s own folder', '/var/spool/asterisk/monitor/sales/a.wav', undefined, 'sales/a.wav'],
  ['a whole path below the folder that the PBX calls so', '/records/sales/a.wav', '/records', 'sales/a.wav'],
  ['a whole path as this machine sees it', '/mnt/monitor/sales//./a.wav', undefined, 'sales/a.wav'],
])('%s is found by it', (_, file, pbxFolder, expected) => {
  expect(places(file, { pbxFolder: pbxFolder ?? null })).toContain(expected);
});

it('Asterisk writes wav49 into WAV, and files without an ending that it knows are no sound', () => {
  expect(places('a.wav49')).toContain('2026/11/25/a.WAV');
  for (const none of ['a', 'a.txt', 'a.conf', '.wav.php', 'a.__proto__', 'a.constructor'])
    expect(places(none)).toEqual([]);
});

it.each([
  ...['../a.wav', 'b/../../a.wav', '/etc/../a.wav', '..', '/..', '/var/spool/asterisk/monitor/../../a.wav'],
  ...['a\0.wav', 'a\n.wav', '', '/', '.', `${'a'.repeat(600)}.wav`],
])('%j leads nowhere', (file) => expect(places(file)).toEqual([]));

it('whatever is named, nothing but paths within the folder is looked for', () => {
  const part = fc.oneof(fc.constantFrom('..', '.', '', '...', '%2e%2e', '..\\', '~', '\u2025', 'a'), fc.string());
  const name = fc.tuple(fc.array(part, { maxLength: 8 }), fc.constantFrom('.wav', '.gsm', '', '/..'), fc.boolean());
  fc.assert(
    fc.property(name, fc.option(part), ([parts, ending, isWhole], pbxFolder) => {
      const file = `${isWhole ? '/' : ''}${parts.join('/')}${ending}`;
      for (const place of places(file, { pbxFolder: pbxFolder === null ? null : `/${pbxFolder}` })) {
        const segments = place.split('/');
        expect(segments).not.toContain('..');
        expect(segments).not.toContain('');
        expect(new URL(place.split('/').map(encodeURIComponent).join('/'), 'https://x/r/').pathname).toMatch(/^\/r\//);
        expect(place).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 500 },
  );
});
