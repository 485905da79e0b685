import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { SignedPermit } from '../../proto/licence/permit.ts';
import { SignedRequest } from '../../proto/licence/wire.ts';
import { Refusal } from '../requests/refusal.ts';
import { route } from '../route.ts';
import type { Server, Tools } from '../tools.ts';
import { languageOf } from '../words.ts';
import { activate } from './activate.ts';
import { networkOf } from './network-of.ts';
import { release } from './release.ts';
import { startTrial } from './start-trial.ts';
import { answerRequest, type Deed } from './talk.ts';

const nothingToDo: Deed = async () => undefined;

const operations = [
  { purpose: 'activate', deed: activate },
  { purpose: 'trial', deed: startTrial },
  { purpose: 'check', deed: nothingToDo },
  { purpose: 'release', deed: release },
] as const;

/** What installations ask. */
export function serveTalk(app: Server, tools: Tools): void {
  const admit = createLimits(app, tools);
  for (const { purpose, deed } of operations) {
    app.post(
      `/v1/${purpose}`,
      route('installation', purpose, { body: SignedRequest }, SignedPermit),
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const asked = {
          ...{ token: request.body.request, address: request.ip },
          language: languageOf(request.headers['accept-language']),
        };
        return measured(tools, purpose, async () => {
          await admit.address(request);
          if (purpose === 'trial') await admit.trial(request);
          return answerRequest(tools, purpose, asked, deed, (thumbprint) => admit.installation(request, thumbprint));
        });
      },
    );
  }

  app.get(
    '/v1/keys',
    route('installation', 'keys', {}, Type.Object({ keys: SignedPermit.properties.keys })),
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { keys: await tools.signer.keySet() };
    },
  );
}

async function measured<T>({ metrics }: Tools, operation: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  let outcome = 'trouble';
  try {
    const answer = await work();
    outcome = 'ok';
    return answer;
  } catch (error) {
    if (error instanceof Refusal) outcome = error.code;
    throw error;
  } finally {
    metrics.count(operation, outcome, (performance.now() - from) / 1_000);
  }
}

const [minuteMs, hourMs] = [60_000, 3_600_000];
const speakers = new WeakMap<FastifyRequest, string>();

/** Counted in this process alone. */
function createLimits(app: Server, { limits }: Tools) {
  const limit = (max: number, timeWindow: number, keyGenerator: (request: FastifyRequest) => string) => {
    const count = app.createRateLimit({ max, timeWindow, keyGenerator });
    return async (request: FastifyRequest): Promise<void> => {
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded) throw new Refusal('too-many-requests');
    };
  };
  const ofInstallation = limit(limits.perInstallation, minuteMs, (request) => `installation:${speakers.get(request)}`);
  return {
    /** @throws Refusal */
    address: limit(limits.perAddress, minuteMs, ({ ip }) => `address:${networkOf(ip)}`),
    /** @throws Refusal */
    trial: limit(limits.trialsPerAddress, hourMs, ({ ip }) => `trial:${networkOf(ip)}`),
    /** @throws Refusal */
    async installation(request: FastifyRequest, thumbprint: string): Promise<void> {
      speakers.set(request, thumbprint);
      await ofInstallation(request);
    },
  };
}
