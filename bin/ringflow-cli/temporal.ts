import { Client, Connection } from '@temporalio/client';
import { isNoAnswer } from '../../runtime/no-answer.ts';
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
  { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: namespace = 'default' }: NodeJS.ProcessEnv,
  meanwhile: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: '3s' }).catch(() => {
    throw new BadInput(`Temporal does not answer at ${address} (TEMPORAL_ADDRESS). ${meanwhile}`);
  });
  try {
    return await work(new Client({ connection, namespace }));
  } catch (error) {
    throw isNoAnswer(error) ? new BadInput(`${silent} ${meanwhile}`) : error;
  } finally {
    await connection.close();
  }
}
