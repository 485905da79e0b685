import { accountUrl, permissionUrl } from './amocrm-address.ts';

const own = 'http://127.0.0.1:8090';

it.each([
  ['acme.amocrm.ru', 'https://acme.amocrm.ru'],
  ['ACME.Kommo.com', 'https://acme.kommo.com'],
  ['a-1.amocrm.com', 'https://a-1.amocrm.com'],
  ['127.0.0.1:8090', own],
])('%s is an account', (host, url) => {
  expect(accountUrl(host, own)).toBe(url);
});

it.each([
  'evil.example',
  'amocrm.ru',
  'www.amocrm.ru',
  'acme.amocrm.ru.evil.example',
  'evil.example/.amocrm.ru',
  'evil.example#.amocrm.ru',
  'user@acme.amocrm.ru',
  'a.b.amocrm.ru',
  'acme.amocrm.ru:8443',
  'acme.amocrm.ru\n',
  'https://acme.amocrm.ru',
  '127.0.0.1:9999',
  '',
])('%j is no account', (host) => {
  expect(accountUrl(host, own)).toBeUndefined();
});

it.each([
  ['https://acme.amocrm.ru', 'https://www.amocrm.ru/oauth'],
  ['https://acme.kommo.com', 'https://www.kommo.com/oauth'],
  ['https://acme.amocrm.com', 'https://www.kommo.com/oauth'],
  [own, `${own}/oauth`],
])('permission for %s is given at %s', (base, url) => {
  expect(permissionUrl(base)).toBe(url);
});
