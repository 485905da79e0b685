import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Login, Password } from '../../proto/user.ts';
import { ApiError } from '../errors.ts';
import { nothing, ofId, route, strictObject } from '../route.ts';
import { writeHistory } from '../store/history.ts';
import { User } from '../store/users.ts';
import type { Server, Tools } from '../tools.ts';
import { userOf } from './access.ts';
import { clearSessionCookie, setSessionCookie } from './cookie.ts';
import { createGuessLimits } from './limits.ts';

const Credentials = strictObject({ login: Login, password: Type.String({ minLength: 1, maxLength: 200 }) });
const LinkToken = Type.String({ minLength: 20, maxLength: 100 });
const SessionDescription = Type.Object({
  id: Type.Integer(),
  address: Type.String(),
  browser: Type.String(),
  beganAtMs: Type.Integer(),
  seenAtMs: Type.Integer(),
  isThisOne: Type.Boolean(),
});

/** Signing in and out, and choosing a password by a link. */
export function serveSession(app: Server, { pool, users, sessions, nowMs }: Tools): void {
  const limits = createGuessLimits(app);
  const enter = async (user: User, request: FastifyRequest, reply: FastifyReply): Promise<User> => {
    const browser = request.headers['user-agent'] ?? '';
    setSessionCookie(reply, await sessions.begin(user.id, request.ip, browser));
    const details = { address: request.ip };
    await writeHistory(pool, { actor: `user:${user.login}`, event: 'signed-in', details }, nowMs());
    return user;
  };

  app.post('/api/session', route('anybody', 'signIn', { body: Credentials }, User), async (request, reply) => {
    await limits.allowSignIn(request);
    const user = await users.verify(request.body.login, request.body.password);
    if (!user) throw new ApiError(401, 'wrong-password');
    return enter(user, request, reply);
  });

  app.get('/api/session', route('signed-in', 'readSession', {}, User), async (request) => userOf(request));

  app.delete('/api/session', route('signed-in', 'signOut', {}, nothing), async ({ staff }, reply) => {
    if (staff) await sessions.end(staff.user.id, staff.sessionId);
    clearSessionCookie(reply);
    return reply.status(204).send(null);
  });

  app.get('/api/sessions', route('signed-in', 'listSessions', {}, Type.Array(SessionDescription)), async (request) => {
    const own = await sessions.list(userOf(request).id);
    const thisOne = request.staff?.sessionId;
    return own.map(({ userId: _, ...session }) => ({ ...session, isThisOne: session.id === thisOne }));
  });

  app.delete(
    '/api/sessions/:id',
    route('signed-in', 'endSession', { params: ofId }, nothing),
    async (request, reply) => {
      if (!(await sessions.end(userOf(request).id, request.params.id))) throw new ApiError(404, 'not-found');
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/password-link',
    route(
      'anybody',
      'readPasswordLink',
      { body: strictObject({ token: LinkToken }) },
      Type.Pick(User, ['login', 'name']),
    ),
    async (request) => {
      await limits.allowLink(request);
      const holder = await users.holderOf(request.body.token);
      if (!holder) throw new ApiError(410, 'password-link-void');
      return { login: holder.login, name: holder.name };
    },
  );

  app.post(
    '/api/password',
    route('anybody', 'choosePassword', { body: strictObject({ token: LinkToken, password: Password }) }, User),
    async (request, reply) => {
      await limits.allowLink(request);
      const user = await users.choosePassword(request.body.token, request.body.password);
      if (!user) throw new ApiError(410, 'password-link-void');
      return enter(user, request, reply);
    },
  );
}
