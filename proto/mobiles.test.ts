import { extensionOfMobile } from './mobiles.ts';

const mobiles = { '79161234567': '101', '79167770*': '*', '7916777*': '5*', '7903*': '200' };

it.each([
  ['79161234567', '101'],
  ['79167770107', '107'],
  ['79167771107', '51107'],
  ['79031112233', '200'],
  ['79991112233', undefined],
  ['__proto__', undefined],
  ['constructor', undefined],
])('%s is the mobile of %s', (number, extension) => {
  expect(extensionOfMobile(number, mobiles)).toBe(extension);
});
