import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCompose } from './compose.ts';
import { readDockerfile } from './dockerfile.ts';
import { toldCommandsOf } from './told-commands.ts';

const root = join(import.meta.dirname, '../..');
const { services } = readCompose();
const stages = readDockerfile();
const stageOf = (service: string) => stages.find(({ name }) => name === services[service]?.build?.target);

const documents = ['docs/operations.md', 'docs/operations.ru.md'];
const all = documents.flatMap(toldCommandsOf);
const insides = all.filter(({ inside }) => inside !== '');

it('both languages tell the same commands, of services that there are', () => {
  const [english, russian] = documents.map((file) => new Set(toldCommandsOf(file).map((one) => JSON.stringify(one))));
  expect(russian).toEqual(english);
  const unknown = all.flatMap(({ services: names }) => names).filter((name) => !(name in services));
  expect(unknown).toEqual([]);
});

it.each(insides)('$services has what it is told to run: $inside', ({ services: [service = ''], inside }) => {
  const stage = stageOf(service);
  const files = inside.match(/\b(?:bin|activities)\/[\w./-]+/g) ?? [];
  expect(files.length).toBeGreaterThan(0);
  const isCopied = (path: string) =>
    stage?.copies.some(({ source }) => path === source || path.startsWith(`${source}/`));
  expect(files.filter((path) => !existsSync(join(root, path)) || !isCopied(path))).toEqual([]);
});

it('copies are taken and brought back where the clients of the database are', () => {
  const ofCopies = insides.filter(({ inside }) => /\b(backup|restore)\b/.test(inside));
  expect(new Set(ofCopies.map(({ services: [service] }) => service))).toEqual(new Set(['api', 'licensing']));
  for (const { services: names } of ofCopies) expect(stageOf(names[0] ?? '')?.packages).toContain('mariadb-client');
});

it('sound is made into mp3 where its program is', () => {
  expect(stageOf('api')?.packages).toContain('ffmpeg');
});
