import { widgetAddress } from './address.ts';

it.each([
  ['https://ringflow.example', 'https://ringflow.example'],
  ['https://ringflow.example/', 'https://ringflow.example'],
  ['https://Ringflow.example:8443/calls/', 'https://ringflow.example:8443/calls'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://localhost', 'http://localhost'],
])('the widget can ask at %s', (text, address) => {
  expect(widgetAddress(text)).toBe(address);
});

it.each([
  ...['http://ringflow.example', 'http://127.0.0.1.ringflow.example', 'ftp://ringflow.example', 'ringflow.example', ''],
  ...['https://user@ringflow.example', 'https://a.example/?x=1', 'https://a.example/#x', 'javascript:alert(1)'],
])('the widget can not ask at %s', (text) => {
  expect(widgetAddress(text)).toBeUndefined();
});
