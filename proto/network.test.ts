import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { isInNetworks, isNetwork } from './network.ts';

it.each(['10.0.0.1', '10.0.0.0/8', '2001:db8::/32', '::1', '::ffff:10.0.0.1', 'fe80::1/128'])(
  '%s is a network',
  (text) => expect(isNetwork(text)).toBe(true),
);

it.each([
  ...[
    '',
    'everywhere',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '0.0.0.0/0',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '::/129',
    ':::',
  ],
  ...['1::2::3', '12345::', '10.0.0.0/', '10.0.0.0/-1', '::10.0.0.256', 'fe80::1%eth0'],
])('%j is none', (text) => expect(isNetwork(text)).toBe(false));

it('an IPv4 address is the same however it is written', () => {
  expect(isInNetworks('::ffff:192.168.1.7', ['192.168.1.0/24'])).toBe(true);
  expect(isInNetworks('192.168.2.7', ['192.168.1.0/24', '10.0.0.0/8'])).toBe(false);
  expect(isInNetworks('nobody', ['192.168.1.0/24'])).toBe(false);
});

it('agrees with the system', () => {
  const four = fc.ipV4();
  const six = fc.ipV6().filter((text) => !/^(0*:)*:?(ffff:)/i.test(text)); // there the system asks for more
  const both = fc.oneof(
    fc.tuple(four, four, fc.integer({ min: 1, max: 32 })),
    fc.tuple(six, six, fc.integer({ min: 1, max: 128 })),
  );
  fc.assert(
    fc.property(both, ([address, network, prefix]) => {
      const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
      const list = new BlockList();
      list.addSubnet(network, prefix, family);
      expect(isInNetworks(address, [`${network}/${prefix}`])).toBe(list.check(address, family));
      expect(isInNetworks(network, [`${network}/${prefix}`])).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => expect(isNetwork(text) && !text.includes('/') && isIP(text) === 0).toBe(false)),
  );
});
