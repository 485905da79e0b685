import { isIPv6 } from 'node:net';

const groupsOfNetwork = 4;

/** Whom a limit counts: an IPv4 address by itself, of IPv6 the 64 bits that one line is given, as it has all after them. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = tail.split(':').filter((group) => group !== '');
  const missing = address.includes('::') ? 8 - before.length - after.length : 0;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after].slice(0, groupsOfNetwork);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
