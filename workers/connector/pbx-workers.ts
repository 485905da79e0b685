import { type ActivityInterceptorsFactory, NativeConnection, Worker } from '@temporalio/worker';
import type { PbxActivities } from '../../activities/asterisk/originate.ts';
import type { Configuration } from '../../runtime/configuration/configuration.ts';
import { payloadConverter } from '../../runtime/payload-codec.ts';
import { pbxTaskQueue } from '../../workflows/click-to-call/contract.ts';
import { maskedFailures } from '../temporal/masked-failures.ts';
import { signsOfLife } from '../temporal/signs-of-life.ts';

/** Longer than an answer of AMI is waited for: what was begun is brought to its end. */
const shutdownGraceTime = '6s';
/** Most of them wait for an outcome. */
const slots = 100;

/** Asks Temporal for work of one PBX, and does it, until `stop` is aborted. @throws if Temporal is away */
export type ServePbx = (pbxId: string, activities: PbxActivities, stop: AbortSignal) => Promise<void>;

/** The connection to Temporal comes about with the first PBX that has AMI. */
export function createPbxWorkers(
  {
    temporalAddress: address,
    temporalNamespace: namespace,
    temporalPayloadKeys,
    temporalPhones,
  }: Pick<Configuration, 'temporalAddress' | 'temporalNamespace' | 'temporalPayloadKeys' | 'temporalPhones'>,
  tracers: ActivityInterceptorsFactory[],
): ServePbx {
  let connecting: Promise<NativeConnection> | undefined;
  const connect = async (): Promise<NativeConnection> => {
    connecting ??= NativeConnection.connect({ address });
    try {
      return await connecting;
    } catch (error) {
      connecting = undefined;
      throw error;
    }
  };
  return async (pbxId, activities, stop) => {
    const connection = await connect();
    const worker = await Worker.create({
      ...{ connection, namespace, taskQueue: pbxTaskQueue(pbxId), activities, shutdownGraceTime },
      ...{ maxConcurrentActivityTaskExecutions: slots, maxConcurrentActivityTaskPolls: 2 },
      dataConverter: payloadConverter(temporalPayloadKeys),
      interceptors: { activity: [...tracers, signsOfLife, ...(temporalPhones === 'full' ? [] : [maskedFailures])] },
    });
    const running = worker.run(); // also if it is to end at once: else it is never let go
    const end = () => worker.shutdown();
    if (stop.aborted) end();
    stop.addEventListener('abort', end);
    await running.finally(() => stop.removeEventListener('abort', end));
  };
}
