import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, Runtime, type WorkflowBundle } from '@temporalio/worker';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/ringflow');

/**
 * What Temporal replays, as one file. To make it takes 3 s of a processor, so it is kept until a source changes.
 *
 * @param interceptors modules of packages that come along
 */
export async function workflowBundle(
  { failureConverterPath }: DataConverter = {},
  interceptors: string[] = [],
): Promise<WorkflowBundle> {
  const kind = `${interceptors.length > 0 ? '-traced' : ''}${failureConverterPath === undefined ? '' : '-encrypted'}`;
  const kept = join(cache, `workflows${kind}.js`);
  const title = `// made of ${digestOfSources()}\n`;
  const code = readKept(kept);
  if (code?.startsWith(title)) return { code };
  const workflowsPath = join(root, 'workflows/index.ts');
  const made = await bundleWorkflowCode({
    ...{ workflowsPath, logger: Runtime.instance().logger },
    workflowInterceptorModules: interceptors,
    preloadModules: [join(root, 'workflows/shared-modules.ts')],
    ...(failureConverterPath !== undefined && { failureConverterPath }),
  });
  const titled = `${title}${made.code}`;
  keep(kept, titled);
  return { code: titled };
}

function digestOfSources(): string {
  const sources = globSync(['{workflows,proto}/**/*.ts', 'workers/worker/workflow-bundle.ts'], { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const digest = createHash('sha256');
  for (const file of [...sources.sort(), 'package-lock.json']) {
    digest.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return digest.digest('hex');
}

function readKept(kept: string): string | undefined {
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    return undefined;
  }
}

/** Where nothing may be written each start takes longer, and that is all. */
function keep(kept: string, code: string): void {
  const fresh = `${kept}.${process.pid}`;
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(fresh, code);
    renameSync(fresh, kept);
  } catch {}
}
