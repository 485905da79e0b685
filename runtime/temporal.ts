import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientOptions, type OperatorService, type WorkflowService } from '@temporalio/client';
import type { Logger } from 'pino';
import { searchAttributes } from '../workflows/search-attributes.ts';
import type { Configuration } from './configuration/configuration.ts';
import { payloadConverter } from './payload-codec.ts';

const reconnectEveryMs = 2_000;
/** Numbers of Temporal's IndexedValueType. */
const valueTypes = { KEYWORD: 2, KEYWORD_LIST: 7 } as const;
/** Numbers of gRPC's states. */
const [notFound, alreadyExists] = [5, 6];
/** So long Temporal keeps the history of what has ended. */
const retentionDays = 30;

/** Whoever speaks with Temporal does so by this client, which reads and writes payloads as this installation does. */
export function temporalClient(
  {
    temporalNamespace: namespace,
    temporalPayloadKeys,
  }: Pick<Configuration, 'temporalNamespace' | 'temporalPayloadKeys'>,
  connection: NonNullable<ClientOptions['connection']>,
  options: Pick<ClientOptions, 'interceptors'> = {},
): Client {
  return new Client({ connection, namespace, dataConverter: payloadConverter(temporalPayloadKeys), ...options });
}

interface Services {
  operatorService: OperatorService;
  workflowService: WorkflowService;
}

/** Connects to Temporal, however long that takes, and sees to it that calls have a place there and can be found. */
export async function connectTemporal<C extends Services>(
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
      await prepareNamespace(connection, namespace);
      return connection;
    } catch (error) {
      const { message, code } = error as { message: string; code?: number };
      if (code === notFound) logger.info(`Temporal at ${address} does not know its new namespace yet.`);
      else logger.warn(`Temporal at ${address} can't be used (${message}): check TEMPORAL_ADDRESS.`);
      await sleep(reconnectEveryMs, undefined, { signal: stopping });
    }
  }
}

/** Sees to it that calls have a place there and can be found. */
async function prepareNamespace(services: Services, namespace: string): Promise<void> {
  await registerNamespace(services.workflowService, namespace);
  await registerSearchAttributes(services.operatorService, namespace);
}

/** Tells whose database Temporal has, as often as it is asked, and prepares one that is new. @returns id of the namespace */
export function followNamespace(services: Services, namespace: string): () => Promise<string> {
  let preparedId = '';
  return async () => {
    const id = await namespaceId(services.workflowService, namespace).catch((error) => {
      if ((error as { code?: number }).code !== notFound) throw error;
      return undefined;
    });
    if (id === undefined || id !== preparedId) await prepareNamespace(services, namespace);
    preparedId = id ?? (await namespaceId(services.workflowService, namespace));
    return preparedId;
  };
}

/** By which Temporal's database is known again: an empty one has a namespace of another id. */
export async function namespaceId(service: WorkflowService, namespace: string): Promise<string> {
  const { namespaceInfo } = await service.describeNamespace({ namespace });
  return namespaceInfo?.id ?? '';
}

/** Does nothing to one that is there, however it was made. */
async function registerNamespace(service: WorkflowService, namespace: string): Promise<void> {
  try {
    await service.describeNamespace({ namespace });
  } catch (error) {
    if ((error as { code?: number }).code !== notFound) throw error;
    const workflowExecutionRetentionPeriod = { seconds: (retentionDays * 86_400) as never };
    await unlessThere(service.registerNamespace({ namespace, workflowExecutionRetentionPeriod }));
  }
}

/** Registering again what is registered does nothing. */
async function registerSearchAttributes(operator: OperatorService, namespace: string): Promise<void> {
  const wanted = Object.values(searchAttributes).map(({ name, type }) => [name, valueTypes[type]]);
  const attributes = Object.fromEntries(wanted) as Record<string, number>;
  await unlessThere(operator.addSearchAttributes({ namespace, searchAttributes: attributes }));
}

/** Another process may be quicker. */
async function unlessThere(registered: Promise<unknown>): Promise<void> {
  try {
    await registered;
  } catch (error) {
    if ((error as { code?: number }).code !== alreadyExists) throw error;
  }
}
