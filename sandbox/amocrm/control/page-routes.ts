import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const policy = [
  "default-src 'none'",
  'media-src http: https:', // recordings come from wherever their links lead
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

const pageFiles = [
  'page.css',
  'layout.css',
  'lists.css',
  'cards.css',
  'cards.js',
  'draw.js',
  'incoming.js',
  'kept-rows.js',
  'leads.css',
  'leads.js',
  'lists.js',
  'live-state.js',
  'page.js',
  'play-call.js',
  'player.js',
  'scenarios.js',
  'tasks.css',
  'tasks.js',
  'words.js',
];

/** The page where a person sees the cards pop up. */
export function servePage(app: FastifyInstance): void {
  for (const file of ['index.html', ...pageFiles]) {
    const path = file === 'index.html' ? '/' : `/page/${file}`;
    const content = readFileSync(new URL(`../page/${file}`, import.meta.url));
    const contentType = contentTypes[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    app.get(path, (_request, reply) =>
      reply
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-cache')
        .type(contentType)
        .send(content),
    );
  }
}
