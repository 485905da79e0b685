import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ApiError } from './errors.ts';
import type { Api } from './tools.ts';

const built = join(import.meta.dirname, '../web/settings/dist');

/** Mantine sets styles on elements; scripts come from our own files alone, and nobody may frame the pages. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The settings' pages, as `vite build web/settings` has made them. Addresses of pages lead to the one index.html. */
export async function serveWeb(app: Api): Promise<void> {
  if (!existsSync(join(built, 'index.html'))) {
    app.get('/', () => {
      throw new ApiError(503, 'no-pages');
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: built,
    index: false,
    wildcard: false,
    setHeaders(reply, path) {
      // names of assets change with what is in them
      const isAsset = path.includes('/assets/');
      reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
      reply.header('content-security-policy', policy);
    },
  });
  for (const page of ['/', '/password', '/licence', '/users', '/sessions', '/accounts/*']) {
    app.get(page, (_, reply) => reply.sendFile('index.html'));
  }
}
