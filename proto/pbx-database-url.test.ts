import { databasePlaceOf, placeInWords } from './pbx-database-url.ts';

it.each([
  ['mysql://a:b@c/d', 'c:3306/d'],
  ['mysql://reader:p%40ss%2F@PBX.lan:3307/asteriskcdrdb', 'pbx.lan:3307/asteriskcdrdb'],
  ['mysql://a:b@[::1]/d?ssl=true', '[::1]:3306/d'],
])('an address of a database tells where it is: %s', (url, place) => {
  expect(placeInWords(url)).toBe(place);
});

it.each([
  ['the password has a slash', 'mysql://a:p/ss@c/d'],
  ['the password has a hash', 'mysql://a:p#ss@c/d'],
  ['the password has a percent sign', 'mysql://a:100%@c/d'],
  ['the port is none', 'mysql://a:b@c:99999/d'],
  ['it has a blank', 'mysql://a:b c@d/e'],
  ['there is no database', 'mysql://a:b@c'],
  ['there is no host', 'mysql:///d'],
  ['it is of something else', 'postgres://a:b@c/d'],
])('no connection can be made where %s', (_, url) => {
  expect([databasePlaceOf(url), placeInWords(url)]).toEqual([undefined, null]);
});
