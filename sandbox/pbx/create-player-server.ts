import Fastify, { type FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { guardControls } from '../access/loopback-only.ts';
import type { Player } from './player.ts';

const PlayRequest = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);
const AutomaticRequest = Type.Object({ on: Type.Boolean() }, { additionalProperties: false });

const maximumBodyBytes = 10_000;

/** The player's controls. Listens nowhere yet; use `listen({ host: '127.0.0.1', port })`. */
export function createPlayerServer(player: Player): FastifyInstance {
  const app = Fastify({
    bodyLimit: maximumBodyBytes,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  guardControls(app, { hasPage: false });

  app.get('/scenarios', () =>
    [...player.recordings.values()].map(({ scenario, description }) => ({ name: scenario, description })),
  );

  app.get('/status', () => ({ automatic: player.isAutomatic, playing: player.playing }));

  app.post<{ Body: Static<typeof PlayRequest> }>('/play', { schema: { body: PlayRequest } }, (request, reply) => {
    const recording = player.recordings.get(request.body.name);
    if (!recording) {
      return reply.status(404).send({ error: `No call "${request.body.name}" is recorded; GET /scenarios lists all` });
    }
    if (player.play(recording)) return reply.status(204).send();
    return reply.status(503).send({ error: 'Too many calls are being played; wait until some have ended' });
  });

  app.post<{ Body: Static<typeof AutomaticRequest> }>(
    '/automatic',
    { schema: { body: AutomaticRequest } },
    (request, reply) => {
      player.setAutomatic(request.body.on);
      return reply.status(204).send();
    },
  );
  return app;
}
