import { Type } from 'typebox';
import { User, UserDescription } from '../../proto/user.ts';
import { ApiError } from '../errors.ts';
import { nothing, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const params = strictObject({ id: Type.Integer({ minimum: 1 }) });
/** By which the person chooses a password; told once. */
const PasswordLink = Type.Object({ link: Type.String() });
const refusals = { 'login-taken': 409, 'no-admin': 409, gone: 404 } as const;

/** The people who may use the settings, managed by those of them who may change everything: all accounts are theirs. */
export function serveUsers(app: Api, { users, sessions, publicUrl }: ApiTools): void {
  const linkFor = async (id: number) => ({ link: `${publicUrl}/password#${await users.issueLink(id)}` });
  const insist = (outcome: 'done' | keyof typeof refusals): void => {
    if (outcome === 'gone') throw new ApiError(404, 'not-found');
    if (outcome !== 'done') throw new ApiError(refusals[outcome], outcome);
  };

  app.get('/api/users', route(['admin'], 'listUsers', {}, Type.Array(User)), () => users.list());

  app.post(
    '/api/users',
    route(['admin'], 'addUser', { body: UserDescription }, Type.Intersect([PasswordLink, Type.Object({ user: User })])),
    async ({ body }) => {
      const user = await users.add(body);
      if (!user) throw new ApiError(409, 'login-taken');
      return { user, ...(await linkFor(user.id)) };
    },
  );

  app.put(
    '/api/users/:id',
    route(['admin'], 'changeUser', { params, body: UserDescription }, User),
    async (request) => {
      const { id } = request.params;
      insist(await users.change(id, request.body));
      const user = await users.find(id);
      if (!user) throw new ApiError(404, 'not-found');
      return user;
    },
  );

  app.delete(
    '/api/users/:id',
    route(['admin'], 'removeUser', { params }, nothing),
    async ({ params: { id } }, reply) => {
      insist(await users.remove(id));
      return reply.status(204).send(null);
    },
  );

  /** Wherever they are signed in: a laptop was lost. */
  app.delete(
    '/api/users/:id/sessions',
    route(['admin'], 'endSessionsOf', { params }, nothing),
    async ({ params: { id } }, reply) => {
      if (!(await users.find(id))) throw new ApiError(404, 'not-found');
      await sessions.endAllOf(id);
      return reply.status(204).send(null);
    },
  );

  /** For a new person, or who has forgotten the password. */
  app.post(
    '/api/users/:id/password-link',
    route(['admin'], 'issuePasswordLink', { params }, PasswordLink),
    async (request) => {
      const user = await users.find(request.params.id);
      if (!user) throw new ApiError(404, 'not-found');
      return linkFor(user.id);
    },
  );
}
