import Fastify from 'fastify';
import type { Needs } from '../runtime/monitoring/inspection.ts';
import { serveHealth } from './health.ts';

const here = async () => undefined;

async function health(needs: Needs) {
  const app = Fastify();
  serveHealth(app, { needs });
  const answer = await app.inject('/healthz');
  return [answer.statusCode, answer.json()];
}

it('says for want of what it can not work, also when nobody ever answers', async () => {
  expect(await health({ mysql: here, redis: here, temporal: here })).toEqual([200, { status: 'ok' }]);
  const silent = () => new Promise(() => undefined);
  const away = { mysql: here, redis: silent, temporal: () => Promise.reject(new Error('away')) };
  expect(await health(away)).toEqual([503, { status: 'trouble', of: ['redis', 'temporal'] }]);
});
