const maximumDepth = 6;
const maximumPairs = 1000;

/** What a form or a query string with PHP's bracket keys means: texts, lists and objects of them. */
export type BracketValue = string | BracketValue[] | { [key: string]: BracketValue };
type Node = Map<string, Node | string>;

/**
 * Reads `add[0][phone_number]=1&users[]=2`. Keys 0, 1, 2… become a list. Of a repeated key the last value counts, as in PHP.
 *
 * @throws RangeError if there are too many pairs or brackets.
 */
export function parseBracketKeys(text: string): { [key: string]: BracketValue } {
  const root: Node = new Map();
  const pairs = [...new URLSearchParams(text)];
  if (pairs.length > maximumPairs) throw new RangeError('Too many fields');
  for (const [key, value] of pairs) put(root, pathOf(key), value);
  return Object.fromEntries([...root].map(([key, node]) => [key, plain(node)]));
}

function pathOf(key: string): string[] {
  const start = key.indexOf('[');
  if (start <= 0 || !/^(\[[^[\]]*\])+$/.test(key.slice(start))) return [key];
  const path = [key.slice(0, start), ...key.slice(start + 1, -1).split('][')];
  if (path.length > maximumDepth) throw new RangeError('Too many brackets');
  return path;
}

function put(node: Node, [head = '', ...rest]: string[], value: string): void {
  const key = head === '' ? String(node.size) : head;
  if (rest.length === 0) {
    node.set(key, value);
    return;
  }
  const known = node.get(key);
  const child: Node = known instanceof Map ? known : new Map();
  node.set(key, child);
  put(child, rest, value);
}

function plain(node: Node | string): BracketValue {
  if (typeof node === 'string') return node;
  const entries = [...node].map(([key, child]): [string, BracketValue] => [key, plain(child)]);
  const isList = entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
