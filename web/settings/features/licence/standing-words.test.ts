import { allFeatures } from '../../../../proto/licence/feature.ts';
import { tellStanding } from './standing-words.ts';

/** How the licence stands, in the words of the page and the banner. */

const now = Date.UTC(2026, 10, 26, 12);
const days = (count: number) => now + count * 86_400_000;
type Licence = Parameters<typeof tellStanding>[0];

const standing = (changes: Partial<Licence['standing']>): Licence => ({
  standing: { state: 'active', reason: null, untilMs: null, seats: 10, features: [...allFeatures], ...changes },
  permit: null,
  reachedAtMs: days(-3),
});
const title = (licence: Licence, language: 'ru' | 'en' = 'en') => tellStanding(licence, language, now).title;

it.each([
  [1, '1 day left', 'остался 1 день'],
  [2, '2 days left', 'осталось 2 дня'],
  [5, '5 days left', 'осталось 5 дней'],
  [14, '14 days left', 'осталось 14 дней'],
])('%d days ahead it says how many are left', (count, en, ru) => {
  const licence = standing({ state: 'trial', untilMs: days(count) });
  expect(title(licence)).toMatch(new RegExp(`^Trial until .*2026 — ${en}$`));
  expect(title(licence, 'ru')).toMatch(new RegExp(`^Пробный период до .*2026 — ${ru}$`));
});

it('counts no days while there is time, and none where there is no end', () => {
  expect(title(standing({ untilMs: days(200) }))).toBe('The licence is active until June 14, 2027');
  expect(title(standing({}))).toBe('The licence is active, without an end');
});

it('says of a grace until when all is on, and since when the server is away', () => {
  const grace = standing({ state: 'grace', reason: 'server-away', untilMs: days(11) });
  expect(title(grace)).toMatch(/^The licensing server does not answer; it last did on November 23, 2026/);
  expect(tellStanding(grace, 'ru', now).text).toMatch(
    /^Пока работает всё\. 7 декабря 2026 г\..* останется только бесплатное\.$/,
  );
});

it('says why it is restricted; whoever has only just begun is not blamed', () => {
  const revoked = standing({ state: 'restricted', reason: 'revoked', seats: 2 });
  expect(tellStanding(revoked, 'en', now).text).toMatch(/^The licence was revoked\. Cards .* for 2 employees/);
  expect(title(standing({ state: 'restricted', reason: 'no-licence', seats: 2 }))).toBe('There is no licence yet');
});
