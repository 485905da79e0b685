import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { StandInContext } from '../stand-in-context.ts';
import { RefusedArchive } from './widget-shelf.ts';

const largestArchiveBytes = 10_000_000;

const contentTypes: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
};

const Changes = Type.Object(
  { isInstalled: Type.Optional(Type.Boolean()), repeatsTokens: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);

/** The widget's archive: uploaded as a developer does it, and its files as amoCRM gives them to browsers. */
export function serveWidget(app: FastifyInstance, { widgets }: StandInContext): void {
  app.addContentTypeParser(
    'application/zip',
    { parseAs: 'buffer', bodyLimit: largestArchiveBytes },
    (_request, body, done) => done(null, body),
  );

  app.put<{ Body: Buffer }>('/sandbox/widget', { bodyLimit: largestArchiveBytes }, (request, reply) => {
    if (!Buffer.isBuffer(request.body)) return reply.status(415).send({ error: 'Send application/zip' });
    try {
      widgets.upload(request.body);
      return reply.status(204).send();
    } catch (error) {
      if (!(error instanceof RefusedArchive)) throw error;
      return reply.status(400).send({ error: error.message });
    }
  });

  app.patch<{ Body: { isInstalled?: boolean; repeatsTokens?: boolean } }>(
    '/sandbox/widget',
    { schema: { body: Changes } },
    (request, reply) => {
      Object.assign(widgets, request.body);
      return reply.status(204).send();
    },
  );

  app.get<{ Params: { '*': string } }>('/widgets/ringflow/*', (request, reply) => {
    const path = request.params['*'];
    const content = widgets.file(path);
    if (!content) return reply.status(404).send({ error: 'There is no such file in the archive' });
    const contentType = contentTypes[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return reply.header('x-content-type-options', 'nosniff').type(contentType).send(Buffer.from(content));
  });
}
