import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Login, Password, User } from '../../proto/user.ts';
import { ApiError } from '../errors.ts';
import { nothing, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
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
export function serveSession(app: Api, { users, sessions, publicUrl }: ApiTools): void {
  const isSecure = publicUrl.startsWith('https:');
  const limits = createGuessLimits(app);
  const enter = async (user: User, request: FastifyRequest, reply: FastifyReply): Promise<User> => {
    const browser = request.headers['user-agent'] ?? '';
    setSessionCookie(reply, await sessions.begin(user.id, request.ip, browser), isSecure);
    return user;
  };

  app.post('/api/session', route('anybody', 'signIn', { body: Credentials }, User), async (request, reply) => {
    await limits.allowSignIn(request);
    const user = await users.verify(request.body.login, request.body.password);
    if (!user) throw new ApiError(401, 'wrong-password');
    return enter(user, request, reply);
  });

  app.get('/api/session', route('signed-in', 'readSession', {}, User), async (request) => userOf(request));

  app.delete('/api/session', route('signed-in', 'signOut', {}, nothing), async ({ signedIn }, reply) => {
    if (signedIn) await sessions.end(signedIn.user.id, signedIn.sessionId);
    clearSessionCookie(reply, isSecure);
    return reply.status(204).send(null);
  });

  app.get('/api/sessions', route('signed-in', 'listSessions', {}, Type.Array(SessionDescription)), async (request) => {
    const own = await sessions.list(userOf(request).id);
    const thisOne = request.signedIn?.sessionId;
    return own.map(({ userId: _, ...session }) => ({ ...session, isThisOne: session.id === thisOne }));
  });

  app.delete(
    '/api/sessions/:id',
    route('signed-in', 'endSession', { params: strictObject({ id: Type.Integer({ minimum: 1 }) }) }, nothing),
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
