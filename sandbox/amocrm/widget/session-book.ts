import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const cookieName = 'amocrm_session';

/** Who has signed in to amoCRM's pages. */
export class SessionBook {
  readonly #users = new Map<string, number>();

  reset(): void {
    this.#users.clear();
  }

  /** A cookie of the browser's session; other sites' pages can't use it. */
  begin(userId: number, reply: FastifyReply): void {
    const session = randomUUID();
    this.#users.set(session, userId);
    reply.header('set-cookie', `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`);
  }

  /** @returns undefined if nobody has signed in */
  userOf({ headers }: FastifyRequest): number | undefined {
    const session = new RegExp(`(?:^|; *)${cookieName}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1];
    return session === undefined ? undefined : this.#users.get(session);
  }
}
