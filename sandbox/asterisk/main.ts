import { type Static, Type } from 'typebox';
import { createPlayerServer } from '../pbx/create-player-server.ts';
import { LivePlayer } from './calls/live-player.ts';
import { giveManners } from './calls/manners.ts';
import { extensionsOf } from './office.ts';
import { OfficeLines } from './phones/office-lines.ts';

/** The process of the people around the real PBX: employees' phones, and clients behind its trunk. */

const CallRequest = Type.Object(
  {
    /** An extension, or a client's number. */
    from: Type.String({ pattern: '^(\\+?\\d{1,20}|anonymous)$' }),
    /** What is dialled. */
    to: Type.String({ pattern: '^[+*#]?\\d{1,20}$' }),
  },
  { additionalProperties: false },
);

const environment = process.env;
const portOf = (name: string): number => {
  const port = Number(environment[name]);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  process.stderr.write(`${name} is not a port\n`);
  process.exit(2);
};
const say = (message: string) => process.stderr.write(`Phones: ${message}\n`);

const lines = new OfficeLines({
  sipPort: portOf('SANDBOX_ASTERISK_SIP_PORT'),
  trunkPort: portOf('SANDBOX_ASTERISK_TRUNK_PORT'),
  extensions: extensionsOf(() => environment.SANDBOX_ASTERISK_PHONE_PASSWORD ?? ''),
});
giveManners(lines);
const player = new LivePlayer(lines, say);
const server = createPlayerServer(player);
server.post<{ Body: Static<typeof CallRequest> }>('/call', { schema: { body: CallRequest } }, (request, reply) => {
  const { from, to } = request.body;
  if (player.call(from, to)) return reply.status(204).send();
  return reply.status(503).send({ error: 'Too many calls go on already; wait until some have ended' });
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));

await lines.trunk.open();
await lines.registerPhones();
await server.listen({ host: '127.0.0.1', port: portOf('SANDBOX_PBX_PORT') });
console.log(`Phones: ${server.listeningOrigin}`);
process.send?.('ready');
