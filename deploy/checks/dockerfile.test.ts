import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readCompose } from './compose.ts';
import { readDockerfile } from './dockerfile.ts';
import { loadedBy } from './imports.ts';

const root = join(import.meta.dirname, '../..');
const packageFile = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const stages = readDockerfile();
const stageOf = (name: string) => stages.find((stage) => stage.name === name);

it('has the Node that all tests run on, and images of one release', () => {
  const images = new Set(stages.map(({ from }) => from));
  expect([...images].filter((image) => !/^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$/.test(image))).toEqual([]);
  expect(stageOf('node')?.from).toBe(`node:${packageFile.devDependencies.node}-bookworm-slim`);
});

it('copies what is there', () => {
  const sources = stages.flatMap(({ copies }) => copies.map(({ source }) => source));
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
});

it('has nothing of tests and stand-ins in images of production', () => {
  for (const name of ['ringflow', 'api', 'licensing', 'door']) {
    const sources = stageOf(name)?.copies.map(({ source }) => source) ?? [];
    expect(sources.filter((source) => /^(\.|sandbox|tests|bench|docs)(\/|$)/.test(source))).toEqual([]);
  }
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  for (const path of ['tests', '**/*.test.ts', '.env', 'secrets', '.git', 'node_modules'])
    expect(ignored).toContain(path);
});

/** What a service runs, with where it stands in the sources. */
const programs = Object.entries(readCompose().services).flatMap(([service, { build, command }]) => {
  const ofStage = { ringflow: 'workers/worker.ts', api: 'api/main.ts', licensing: 'licensing/main.ts' };
  const ofSandbox = { sandbox: 'sandbox/amocrm/main.ts' };
  const target = build?.target ?? '';
  const preset = { ...ofStage, ...ofSandbox }[target];
  const [, file = preset] = command ?? [];
  if (!target || target === 'door') return [];
  return [
    [service, target, command?.[0] === 'bin/ringflow-licensing' ? 'bin/licensing-cli/licensing.ts' : file] as const,
  ];
});
const commandLines = [
  ['the command line', 'ringflow', 'bin/ringflow-cli/ringflow.ts'],
  ['the command line of licensing', 'licensing', 'bin/licensing-cli/licensing.ts'],
] as const;
/** In an image the widget is had from its page; what builds and checks its archive is for whoever develops it. */
const isForDevelopers = (path: string) => path.startsWith('bin/widget/');

it.each([...programs, ...commandLines])('brings what %s loads into %s', (_, target, entry = '') => {
  expect(statSync(join(root, entry)).isFile()).toBe(true);
  const copied = stageOf(target)?.copies.map(({ source }) => source) ?? [];
  const isCopied = (path: string) => copied.some((source) => path === source || path.startsWith(`${source}/`));
  const { files, packages } = loadedBy(entry, isForDevelopers);
  expect(files.size).toBeGreaterThan(1);
  expect([...files].filter((path) => !isCopied(path))).toEqual([]);
  if (target !== 'sandbox') {
    expect([...packages].filter((name) => !(name in packageFile.dependencies))).toEqual([]);
  }
});

it('brings what is read beside the programs: schemas, pages, the widget', () => {
  const copied = stageOf('api')?.copies.map(({ source }) => source) ?? [];
  expect(copied).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'activities', 'web/widget']));
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  for (const page of ['settings', 'widget', 'licensing']) {
    expect(dockerfile).toContain(`COPY --from=built /ringflow/web/${page}/dist web/${page}/dist`);
  }
});
