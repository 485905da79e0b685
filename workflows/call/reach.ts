import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import { beganWithPromises } from '../promises.ts';
import { local } from './activities.ts';
import {
  type CelBatch,
  callWorkflowId,
  type celRowsSignal,
  type Joined,
  type joinedSignal,
  type Parted,
  type partedSignal,
} from './contract.ts';

type Message = [typeof celRowsSignal, CelBatch] | [typeof joinedSignal, Joined] | [typeof partedSignal, Parted];

/**
 * Tells the actor of another call: the first one, or one that has taken the call up again.
 *
 * @returns false if nobody works at that call, or ever did
 */
export async function reach(pbxId: string, linkedid: string, ...message: Message): Promise<boolean> {
  if (await isHeard(callWorkflowId(pbxId, linkedid), message)) return true;
  const other = beganWithPromises() ? await local.runningActorOf(pbxId, linkedid) : null;
  return other !== null && isHeard(other, message);
}

async function isHeard(workflowId: string, [signal, content]: Message): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(signal, content);
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}
