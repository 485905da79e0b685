import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What is asked of docker-compose.yml here; its schema says more. */
export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
  configs: Record<string, { file: string }>;
  secrets: Record<string, { file: string }>;
}

export interface ComposeService {
  image: string;
  build?: { target: string };
  profiles?: string[];
  command?: string[];
  entrypoint?: string[];
  user?: string;
  restart: string;
  environment?: Record<string, string>;
  env_file?: { path: string }[];
  ports?: string[];
  networks?: string[] | Record<string, object>;
  network_mode?: string;
  volumes?: string[];
  secrets?: string[];
  configs?: { source: string; target: string }[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  stop_grace_period?: string;
  read_only?: boolean;
  security_opt?: string[];
  cap_drop?: string[];
  cap_add?: string[];
  privileged?: boolean;
  mem_limit?: string;
  cpus?: number;
  pids_limit?: number;
  logging?: { options: Record<string, string> };
}

const root = join(import.meta.dirname, '../..');

/** docker-compose.yml as it is where these variables are set. */
export function readCompose(variables: Record<string, string> = {}): ComposeFile {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const filled = text.replaceAll(/\$\$|\$\{(\w+)(?::-([^}]*))?\}/g, (found, name: string, preset = '') =>
    found === '$$' ? '$' : (variables[name] ?? preset),
  );
  return parse(filled, { merge: true }) as ComposeFile;
}

/** Those that go on running; the others do their work once, before. */
export const isLasting = ({ restart }: ComposeService): boolean => restart === 'unless-stopped';

export function networksOf({ networks = [] }: ComposeService): string[] {
  return Array.isArray(networks) ? networks : Object.keys(networks);
}
