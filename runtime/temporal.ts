import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientOptions, type OperatorService } from '@temporalio/client';
import type { Logger } from 'pino';
import { searchAttributes } from '../workflows/search-attributes.ts';
import type { Configuration } from './configuration.ts';
import { payloadConverter } from './payload-codec.ts';

const reconnectEveryMs = 2_000;
/** Numbers of Temporal's IndexedValueType. */
const valueTypes = { KEYWORD: 2, KEYWORD_LIST: 7 } as const;
const alreadyExists = 6;

/** Whoever speaks with Temporal does so by this client, which reads and writes payloads as this installation does. */
export function temporalClient(
  {
    temporalNamespace: namespace,
    temporalPayloadKeys,
  }: Pick<Configuration, 'temporalNamespace' | 'temporalPayloadKeys'>,
  connection: NonNullable<ClientOptions['connection']>,
): Client {
  return new Client({ connection, namespace, dataConverter: payloadConverter(temporalPayloadKeys) });
}

/** Connects to Temporal, however long that takes, and sees to it that calls can be found there. */
export async function connectTemporal<C extends { operatorService: OperatorService }>(
  {
    temporalAddress: address,
    temporalNamespace: namespace,
  }: Pick<Configuration, 'temporalAddress' | 'temporalNamespace'>,
  connect: (address: string) => Promise<C>,
  logger: Logger,
  stopping: AbortSignal,
): Promise<C> {
  for (;;) {
    stopping.throwIfAborted();
    try {
      const connection = await connect(address);
      await registerSearchAttributes(connection.operatorService, namespace);
      return connection;
    } catch (error) {
      logger.warn(`Temporal at ${address} can't be used (${(error as Error).message}): check TEMPORAL_ADDRESS.`);
      await sleep(reconnectEveryMs, undefined, { signal: stopping });
    }
  }
}

/** Registering again what is registered does nothing. */
async function registerSearchAttributes(operator: OperatorService, namespace: string): Promise<void> {
  const wanted = Object.values(searchAttributes).map(({ name, type }) => [name, valueTypes[type]]);
  try {
    await operator.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(wanted) as Record<string, number>,
    });
  } catch (error) {
    if ((error as { code?: number }).code !== alreadyExists) throw error;
  }
}
