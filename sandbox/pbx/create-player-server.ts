import Fastify, { type FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { guardControls } from '../access/loopback-only.ts';

/** Makes calls come, of which each has a name. */
export interface CallPlayer {
  readonly scenarios: readonly { name: string; description: string }[];
  /** How many calls go on now. */
  readonly playing: number;
  readonly isAutomatic: boolean;
  /** Starts a call. @returns false if too many go on already */
  play(name: string): boolean;
  /** Whether a call comes by itself every few seconds. */
  setAutomatic(on: boolean): void;
}

const PlayRequest = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);
const AutomaticRequest = Type.Object({ on: Type.Boolean() }, { additionalProperties: false });

const maximumBodyBytes = 10_000;

/** The player's controls. Listens nowhere yet; use `listen({ host: '127.0.0.1', port })`. */
export function createPlayerServer(player: CallPlayer): FastifyInstance {
  const app = Fastify({
    bodyLimit: maximumBodyBytes,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  guardControls(app, { hasPage: false });

  app.get('/scenarios', () => player.scenarios);

  app.get('/status', () => ({ automatic: player.isAutomatic, playing: player.playing }));

  app.post<{ Body: Static<typeof PlayRequest> }>('/play', { schema: { body: PlayRequest } }, (request, reply) => {
    if (!player.scenarios.some(({ name }) => name === request.body.name)) {
      return reply.status(404).send({ error: `No call "${request.body.name}" is known; GET /scenarios lists all` });
    }
    if (player.play(request.body.name)) return reply.status(204).send();
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
