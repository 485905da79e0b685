import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { createServer } from './create-server.ts';
import type { Tools } from './tools.ts';

/** Writes the OpenAPI document of the routes: `node licensing/describe-main.ts FILE`. Nothing is asked of the tools. */
const app = await createServer({
  publicUrl: 'https://localhost',
  trustedProxies: [] as readonly string[],
  limits: { perAddress: 1, perInstallation: 1, trialsPerAddress: 1 },
} as Partial<Tools> as Tools);
await app.ready();
writeFileSync(String(process.argv[2]), stringify(app.swagger(), { aliasDuplicateObjects: false }));
