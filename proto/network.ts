/** Addresses of the internet and networks of them, in words that people write. */

interface Address {
  bits: 32 | 128;
  value: bigint;
}

/** Whether it is an address, or one with the length of its prefix, such as 192.168.1.0/24; /0 would be everywhere. */
export const isNetwork = (text: string): boolean => readNetwork(text) !== undefined;

/** @param address of whoever asks; an IPv4 address may be written as IPv6 does (::ffff:10.0.0.1) */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const asked = readAddress(address);
  return asked !== undefined && networks.some((network) => isIn(asked, readNetwork(network)));
}

function isIn(address: Address, network: (Address & { prefix: number }) | undefined): boolean {
  if (network?.bits !== address.bits) return false;
  const shift = BigInt(network.bits - network.prefix);
  return address.value >> shift === network.value >> shift;
}

function readNetwork(text: string): (Address & { prefix: number }) | undefined {
  const [written = '', length, ...more] = text.split('/');
  const address = readAddress(written);
  if (!address || more.length > 0) return undefined;
  if (length === undefined) return { ...address, prefix: address.bits };
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : 0;
  return prefix >= 1 && prefix <= address.bits ? { ...address, prefix } : undefined;
}

function readAddress(text: string): Address | undefined {
  const four = readIpv4(text);
  if (four !== undefined) return { bits: 32, value: four };
  const six = readIpv6(text);
  if (six === undefined) return undefined;
  return six >> 32n === 0xffffn ? { bits: 32, value: six & 0xffff_ffffn } : { bits: 128, value: six };
}

function readIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isAddress ? parts.reduce((value, part) => value * 256n + BigInt(part), 0n) : undefined;
}

function readIpv6(text: string): bigint | undefined {
  const embedded = /^(.*:)([\d.]+\.\d+)$/.exec(text);
  const tail = embedded ? readIpv4(embedded[2] ?? '') : undefined;
  if (embedded && tail === undefined) return undefined;
  const plain = embedded ? `${embedded[1]}${groupsOf(tail ?? 0n)}` : text;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

/** The last 32 bits as IPv6 writes them. */
const groupsOf = (value: bigint): string => `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
