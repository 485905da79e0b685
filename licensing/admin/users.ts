import { Type } from 'typebox';
import { ApiError } from '../errors.ts';
import { nothing, ofId, route } from '../route.ts';
import { writeHistory } from '../store/history.ts';
import { User, UserDescription, type UserRefusal } from '../store/users.ts';
import type { Server, Tools } from '../tools.ts';
import { actorOf } from './access.ts';

/** By which the person chooses a password; told once. */
const PasswordLink = Type.Object({ link: Type.String() });

/** The people who may use the pages, managed by administrators. */
export function serveUsers(app: Server, { pool, users, sessions, publicUrl, nowMs }: Tools): void {
  const linkFor = async (user: User, actor: string) => ({
    link: `${publicUrl}/password#${await users.issueLink(user, actor)}`,
  });
  const found = async (id: number): Promise<User> => {
    const user = await users.find(id);
    if (!user) throw new ApiError(404, 'not-found');
    return user;
  };

  app.get('/api/users', route(['admin'], 'listUsers', {}, Type.Array(User)), () => users.list());

  app.post(
    '/api/users',
    route(['admin'], 'addUser', { body: UserDescription }, Type.Object({ ...PasswordLink.properties, user: User })),
    async (request) => {
      insistOnPartner(request.body);
      const user = await users.add(request.body, actorOf(request));
      if (typeof user === 'string') throw refusalOf(user);
      return { user, ...(await linkFor(user, actorOf(request))) };
    },
  );

  app.put(
    '/api/users/:id',
    route(['admin'], 'changeUser', { params: ofId, body: UserDescription }, User),
    async (request) => {
      insistOnPartner(request.body);
      insist(await users.change(request.params.id, request.body, actorOf(request)));
      return found(request.params.id);
    },
  );

  app.delete('/api/users/:id', route(['admin'], 'removeUser', { params: ofId }, nothing), async (request, reply) => {
    insist(await users.remove(request.params.id, actorOf(request)));
    return reply.status(204).send(null);
  });

  /** Wherever they are signed in: a laptop was lost. */
  app.delete(
    '/api/users/:id/sessions',
    route(['admin'], 'endSessionsOf', { params: ofId }, nothing),
    async (request, reply) => {
      const { id, login } = await found(request.params.id);
      await sessions.endAllOf(id);
      const entry = { actor: actorOf(request), event: 'signed-out-everywhere', details: { login } } as const;
      await writeHistory(pool, entry, nowMs());
      return reply.status(204).send(null);
    },
  );

  /** For a new person, or who has forgotten the password. */
  app.post(
    '/api/users/:id/password-link',
    route(['admin'], 'issuePasswordLink', { params: ofId }, PasswordLink),
    async (request) => linkFor(await found(request.params.id), actorOf(request)),
  );
}

function insist(outcome: 'done' | UserRefusal): void {
  if (outcome !== 'done') throw refusalOf(outcome);
}

const refusalOf = (refusal: UserRefusal): ApiError =>
  refusal === 'gone' ? new ApiError(404, 'not-found') : new ApiError(409, refusal);

function insistOnPartner({ role, partnerId }: UserDescription): void {
  if (role === 'partner' && partnerId === null) throw new ApiError(409, 'partner-unknown');
}
