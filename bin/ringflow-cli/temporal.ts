import { type Client, Connection } from '@temporalio/client';
import { temporalClient } from '../../runtime/temporal.ts';
import { BadInput } from './bad-input.ts';

/**
 * Does something with Ringflow's Temporal, and closes the connection.
 *
 * @param advice what becomes of it all the same, or what to do
 * @throws BadInput that says so if Temporal can't be reached
 */
export async function withTemporal<T>(
  environment: NodeJS.ProcessEnv,
  work: (client: Client) => Promise<T>,
  advice = 'Does it run? bin/up starts it.',
): Promise<T> {
  const { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE = 'default' } = environment;
  const connection = await Connection.connect({ address, connectTimeout: '3s' }).catch(() => {
    throw new BadInput(`Temporal can't be reached at ${address} (TEMPORAL_ADDRESS). ${advice}`);
  });
  try {
    const temporalPayloadKeys = environment.TEMPORAL_PAYLOAD_KEYS ?? '';
    return await work(temporalClient({ temporalNamespace: TEMPORAL_NAMESPACE, temporalPayloadKeys }, connection));
  } finally {
    await connection.close();
  }
}
