import type { FastifyReply } from 'fastify';
import { sendProblem } from './problems.ts';

const maximumItems = 250;

/** The one object of a change, or null after the answer that it is none, or empty. */
export function objectOf(body: unknown, reply: FastifyReply): object | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    sendProblem(reply, 400, 'Request data should be an object');
    return null;
  }
  if (Object.keys(body).length === 0) {
    sendProblem(reply, 400, 'Request data can not be empty');
    return null;
  }
  return body;
}

/** The items of a batch write, or null after the answer that it is none: empty, no array, too long. */
export function batchOf(body: unknown, reply: FastifyReply): unknown[] | null {
  if (!Array.isArray(body)) {
    sendProblem(reply, 400, 'Request data should be an array of objects');
    return null;
  }
  if (body.length === 0) {
    sendProblem(reply, 400, 'Request data can not be empty');
    return null;
  }
  if (body.length > maximumItems) {
    sendProblem(reply, 422, 'Limit 250 per page');
    return null;
  }
  return body;
}
