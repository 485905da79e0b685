import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Where people go first, as bin/up prints it at its end. */
const printed = [...read('bin/stack/up.ts').matchAll(/console\.log\(` {2}(\w[\w -]*?) {2,}\$\{/g)].map(
  ([, name]) => name,
);
const places = printed.filter((name) => name !== 'logs');
const inRussian: Record<string, string> = {
  ...{ 'amoCRM stand-in': 'стенд amoCRM', 'our widget': 'наш виджет', 'Temporal UI': 'Temporal UI' },
  ...{ settings: 'настройки', licensing: 'сервер лицензий' },
};

it.each([
  ['README.md', places],
  ['README.ru.md', places.map((name) => inRussian[name ?? ''])],
])('%s tells what is at each address that bin/up prints', (file, names) => {
  const told = [...read(file).matchAll(/^- (?:the )?\*\*(.+?)\*\*/gm)].map(([, name]) => name);
  expect(places.length).toBeGreaterThan(3);
  expect(told.toSorted()).toEqual([...names].sort());
});
