import type { FastifyRequest } from 'fastify';
import type { By } from '../sales/by.ts';
import { actorOf, partnerOf } from './access.ts';

/** Who asks, as selling knows them. */
export const byOf = (request: FastifyRequest): By => ({ actor: actorOf(request), partnerId: partnerOf(request) });

/** Who serves customers: a partner's people their own. */
export const everybody = ['admin', 'support', 'partner'] as const;
export const ownPeople = ['admin', 'support'] as const;
export const admins = ['admin'] as const;
