import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './store/sessions.ts';
import type { Users } from './store/users.ts';
import type { TalkTools } from './talk/talk.ts';

/** Fastify whose routes have the types of their schemas. */
export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes share. */
export interface Tools extends TalkTools {
  users: Users;
  sessions: Sessions;
  metrics: Metrics;
  /** Who has it may read metrics from elsewhere; undefined: nobody. */
  monitoringToken: string | undefined;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  limits: Configuration['limits'];
  /** Where browsers reach the server, without a final slash. */
  publicUrl: string;
  trustedProxies: readonly string[];
  /** Certificate and private key, PEM; undefined: it listens nowhere. */
  tls: { cert: string; key: string } | undefined;
}
