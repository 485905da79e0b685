import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Answers with events (text/event-stream) for as long as whoever asked listens. */
export function sendEvents(reply: FastifyReply, stream: Readable): FastifyReply {
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store, no-transform') // what a proxy packs it holds back
    .header('x-accel-buffering', 'no')
    .send(stream);
}
