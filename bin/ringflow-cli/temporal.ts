import { type Client, Connection } from '@temporalio/client';
import { isNoAnswer } from '../../runtime/no-answer.ts';
import { temporalClient } from '../../runtime/temporal.ts';
import { BadInput } from './bad-input.ts';

/** What is said when nobody answers in time. */
const silent = 'Ringflow does not answer: does the process worker run? bin/up starts it.';

/**
 * Does something that Ringflow's workflows are asked for.
 *
 * @param meanwhile said if nobody answers: what becomes of what was asked for
 * @throws BadInput that says what to do if Temporal or the worker does not answer
 */
export async function withTemporal<T>(
  environment: NodeJS.ProcessEnv,
  meanwhile: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: temporalNamespace = 'default' } =
    environment;
  const temporalPayloadKeys = environment.TEMPORAL_PAYLOAD_KEYS ?? '';
  const connection = await Connection.connect({ address, connectTimeout: '3s' }).catch(() => {
    throw new BadInput(`Temporal does not answer at ${address} (TEMPORAL_ADDRESS). ${meanwhile}`);
  });
  try {
    return await work(temporalClient({ temporalNamespace, temporalPayloadKeys }, connection));
  } catch (error) {
    throw isNoAnswer(error) ? new BadInput(`${silent} ${meanwhile}`) : error;
  } finally {
    await connection.close();
  }
}
