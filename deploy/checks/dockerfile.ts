import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stage of the Dockerfile. */
export interface Stage {
  name: string;
  /** Of an image, or of an earlier stage. */
  from: string;
  /** Paths of the sources, from the root, each with its place in the image's folder. */
  copies: { source: string; target: string }[];
  /** Packages of the system that are installed beside what it is made from. */
  packages: string[];
  /** Of whom it runs as; undefined: as what it is made from. */
  user: string | undefined;
}

/** The stages in order, each with all that it takes over from the one that it is made from. */
export function readDockerfile(): Stage[] {
  const text = readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8');
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [instruction, ...words] = line.trim().split(/\s+/);
    const stage = stages.at(-1);
    if (instruction === 'FROM') stages.push(stageOf(words, stages));
    if (instruction === 'USER' && stage) stage.user = words[0];
    if (instruction === 'RUN') stage?.packages.push(...packagesIn(line));
    if (instruction === 'COPY' && !words[0]?.startsWith('--from')) stage?.copies.push(...copiesOf(words));
  }
  return stages;
}

function stageOf([from = '', , name = '']: string[], stages: Stage[]): Stage {
  const base = stages.find((stage) => stage.name === from);
  const { copies = [], packages = [], user } = base ?? {};
  return { name, from: base?.from ?? from, copies: [...copies], packages: [...packages], user };
}

function packagesIn(line: string): string[] {
  const [, words = ''] = /\binstall --yes --no-install-recommends ([^&|;]+)/.exec(line) ?? [];
  return words.split(/\s+/).filter((word) => word !== '');
}

function copiesOf(words: string[]): { source: string; target: string }[] {
  const target = words.at(-1) ?? '';
  return words.slice(0, -1).map((source) => ({ source, target }));
}
