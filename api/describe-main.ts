import { writeFileSync } from 'node:fs';
import { createApi } from './create-api.ts';
import type { ApiTools } from './tools.ts';

/** Writes the OpenAPI document of the routes: `node api/describe-main.ts FILE`. Nothing is asked of the tools. */
const app = await createApi({
  publicUrl: 'http://localhost',
  trustedProxies: [] as readonly string[],
} as Partial<ApiTools> as ApiTools);
await app.ready();
writeFileSync(String(process.argv[2]), `${JSON.stringify(app.swagger(), null, 2)}\n`);
