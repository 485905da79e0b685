import {
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { BadInput } from './bad-input.ts';

/**
 * Does something that Ringflow's actors have to do.
 *
 * @param comfort what becomes of it if they can't now
 * @throws BadInput that says what to do if they can't be reached
 */
export async function withTemporal<T>(
  { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: namespace = 'default' }: NodeJS.ProcessEnv,
  comfort: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: '3s' }).catch(() => {
    throw new BadInput(`Temporal does not answer at ${address} (TEMPORAL_ADDRESS). ${comfort}`);
  });
  try {
    return await work(new Client({ connection, namespace }));
  } catch (error) {
    if (!isForWantOfAnswer(error)) throw error;
    throw new BadInput(`Ringflow does not answer: does the process worker run? ${comfort}`);
  } finally {
    await connection.close();
  }
}

/** No worker has answered in time, or Temporal went away meanwhile. */
const isForWantOfAnswer = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  isGrpcServiceError(error) ||
  error instanceof ServiceError;
