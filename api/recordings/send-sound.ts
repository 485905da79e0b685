import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sound } from '../../activities/recordings/index.ts';
import { rangeOf } from './range.ts';

/** Whatever a file really holds, it is played and never run; whoever opens the address gets a bare player. */
const policy = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const endings: Record<string, string> = { 'audio/mpeg': 'mp3', 'audio/wav': 'wav', 'audio/ogg': 'ogg' };

/** Sends what the player asks for: all of it, a part (206), or word that there is no such part (416). */
export async function sendSound(request: FastifyRequest, reply: FastifyReply, sound: Sound): Promise<FastifyReply> {
  const { mediaType, sizeBytes } = sound;
  const etag = `"${sound.tag}"`;
  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = rangeOf(asked, sizeBytes);
  reply
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    .header('cache-control', 'private, no-cache') // asked anew each time: it may have been revoked
    .header('content-security-policy', policy)
    .header('content-disposition', `inline; filename="recording.${endings[mediaType]}"`)
    .header('x-robots-tag', 'noindex');
  if (range === 'beyond') return reply.status(416).header('content-range', `bytes */${sizeBytes}`).send();
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
  const stream = request.method === 'HEAD' ? undefined : await sound.read({ start, end });
  if (range) reply.status(206).header('content-range', `bytes ${start}-${end}/${sizeBytes}`);
  return reply
    .type(mediaType)
    .header('content-length', end - start + 1)
    .send(stream);
}
