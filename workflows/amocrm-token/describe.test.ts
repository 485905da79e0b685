import { tokenDetails } from './describe.ts';

const standing = {
  state: 'connected',
  reason: '',
  baseUrl: 'https://acme.amocrm.ru',
  version: 3,
  refreshAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
} as const;

it('a connected account says when its tokens are refreshed', () => {
  const text = tokenDetails('acme.amocrm.ru', standing);
  expect(text).toContain('acme.amocrm.ru: connected');
  expect(text).toContain('no. 3, to be refreshed 2026-01-02 03:04 UTC');
});

it('a lost one says why and what to do, and nothing of refreshing', () => {
  const text = tokenDetails('a', { ...standing, state: 'reconnect-needed', reason: 'Do this.', refreshAtMs: null });
  expect(text).toContain('reconnect needed');
  expect(text).toContain('Do this.');
  expect(text).not.toContain('refreshed');
});

it('says what it is waiting for', () => {
  expect(tokenDetails('a', standing, 'amoCRM has trouble (503)')).toContain('trying again: amoCRM has trouble (503)');
  expect(tokenDetails('a', undefined)).toContain('no such account');
});
