import type { FastifyReply, FastifyRequest } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { BracketValue } from './bracket-keys.ts';
import type { With } from './hal-entities.ts';
import { sendProblem, sendValidation } from './problems.ts';

type Query = Record<string, BracketValue>;

interface Paging {
  page: number;
  limit: number;
}

export interface Page<T> extends Paging {
  items: T[];
  links: components['schemas']['PageLinks'];
}

export function queryOf(request: FastifyRequest): Query {
  return request.query as Query;
}

/** The comma list of `with`. */
export function withOf(request: FastifyRequest): With {
  const asked = queryOf(request).with;
  return new Set(typeof asked === 'string' ? asked.split(',').map((part) => part.trim()) : []);
}

/** One or many values of `filter[name]`, null if it isn't there. */
export function filterOf(request: FastifyRequest, name: string): ReadonlySet<string> | null {
  const filter = queryOf(request).filter;
  const value = typeof filter === 'object' && !Array.isArray(filter) ? filter[name] : undefined;
  if (value === undefined) return null;
  return new Set([value].flat().filter((each) => typeof each === 'string'));
}

/** `filter[updated_at][from]` and `[to]`, the open ends if they aren't there. */
export function updateRangeOf(request: FastifyRequest): { from: number; to: number } {
  const filter = queryOf(request).filter;
  const range = typeof filter === 'object' && !Array.isArray(filter) ? filter.updated_at : undefined;
  const { from, to } = typeof range === 'object' && !Array.isArray(range) ? range : {};
  return { from: secondsOf(from) ?? 0, to: secondsOf(to) ?? Number.POSITIVE_INFINITY };
}

function secondsOf(value: BracketValue | undefined): number | undefined {
  return typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}

/** Sorts by `order[id]` or `order[updated_at]`; by id if nothing is said. */
export function ordered<T extends { id: number; updatedAtSeconds: number }>(request: FastifyRequest, items: T[]): T[] {
  return orderedBy(request, items, { updated_at: ({ updatedAtSeconds }) => updatedAtSeconds });
}

/** Sorts by the `order[…]` that is asked for if it is among the known ones; else, and what is equal in it, by id. */
export function orderedBy<T extends { id: number }>(
  request: FastifyRequest,
  items: T[],
  known: Record<string, (item: T) => number>,
): T[] {
  const order = queryOf(request).order;
  const asked = typeof order === 'object' && !Array.isArray(order) ? order : {};
  const sign = Object.values(asked)[0] === 'desc' ? -1 : 1;
  const [, rankOf = () => 0] = Object.entries(known).find(([name]) => Object.hasOwn(asked, name)) ?? [];
  return items.toSorted((a, b) => sign * (rankOf(a) - rankOf(b) || a.id - b.id));
}

/**
 * Cuts the page out that was asked for, or answers itself: 204 when the page is empty, an error for a bad `page` or `limit`.
 *
 * @returns null if the reply is already sent.
 */
export function pageOf<T>(request: FastifyRequest, reply: FastifyReply, origin: string, all: T[]): Page<T> | null {
  const page = positiveInteger(queryOf(request).page ?? '1');
  const limit = positiveInteger(queryOf(request).limit ?? '50');
  if (page === null || limit === null) {
    const path = page === null ? 'page' : 'limit';
    const error = { code: 'InvalidType', path, detail: 'This value should be of type int.' };
    sendValidation(reply, [{ request_id: '0', errors: [error] }]);
    return null;
  }
  if (limit > 250) {
    sendProblem(reply, 422, 'Limit 250 per page');
    return null;
  }
  const items = all.slice((page - 1) * limit, page * limit);
  if (items.length === 0) {
    reply.status(204).send();
    return null;
  }
  return { page, limit, items, links: pageLinks(request, origin, { page, limit }, items.length) };
}

function pageLinks(request: FastifyRequest, origin: string, { page, limit }: Paging, count: number) {
  const link = (to: number) => {
    const url = new URL(request.url, origin);
    url.searchParams.set('page', String(to));
    url.searchParams.set('limit', String(limit));
    return { href: url.href };
  };
  return {
    self: link(page),
    // Announced after every full page, even if nothing follows.
    ...(count === limit && { next: link(page + 1) }),
    ...(page > 1 && { first: link(1), prev: link(page - 1) }),
  };
}

function positiveInteger(text: BracketValue): number | null {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
