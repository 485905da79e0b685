import type { AmocrmDependencies } from './dependencies.ts';
import { showsWithinMs, type TaskRecord } from './effects.ts';
import { exactlyOnce } from './exactly-once.ts';
import { findTask } from './find-task.ts';

export interface AlertTaskRequest {
  accountId: string;
  /** The ledger key of this task. */
  key: string;
  userId: number;
  text: string;
  dueAtSeconds: number;
}

type IntendedTask = Pick<AlertTaskRequest, 'userId' | 'text' | 'dueAtSeconds'>;

/** A task of nobody's client, by which somebody is told that something is wrong with Ringflow. */
export async function createAlertTask(
  { clientOf, gatheringOf, ledger }: AmocrmDependencies,
  { accountId, key, userId, text, dueAtSeconds }: AlertTaskRequest,
): Promise<TaskRecord> {
  const record = await exactlyOnce<TaskRecord, IntendedTask>(ledger, key, {
    what: 'the task',
    showsWithinMs: showsWithinMs.lists,
    lookUp: async (intended) => {
      if (!intended) return undefined;
      return findTask(clientOf(accountId), { 'filter[responsible_user_id]': intended.userId }, intended);
    },
    send: async (nextRequest) => {
      const leave = () => nextRequest({ userId, text, dueAtSeconds });
      const task = { text, complete_till: dueAtSeconds, responsible_user_id: userId };
      const { id } = await gatheringOf(accountId).postTask(task, { key, nextRequest: leave });
      return { taskId: id };
    },
  });
  return record ?? { taskId: null };
}
