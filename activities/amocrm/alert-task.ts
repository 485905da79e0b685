import { bodyOf } from './client.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { showsWithinMs, type TaskRecord } from './effects.ts';
import { exactlyOnce } from './exactly-once.ts';

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
    lookUp: async (intended) => intended && findTask(intended),
    send: async (nextRequest) => {
      const leave = () => nextRequest({ userId, text, dueAtSeconds });
      const task = { text, complete_till: dueAtSeconds, responsible_user_id: userId };
      const { id } = await gatheringOf(accountId).postTask(task, { key, nextRequest: leave });
      return { taskId: id };
    },
  });
  return record ?? { taskId: null };

  async function findTask(intended: IntendedTask): Promise<TaskRecord | undefined> {
    const query = { 'filter[responsible_user_id]': intended.userId, 'order[id]': 'desc' as const, limit: 250 };
    const page = bodyOf(await clientOf(accountId).GET('/api/v4/tasks', { params: { query } }));
    const isIt = (task: { text: string; complete_till: number }) =>
      task.text === intended.text && task.complete_till === intended.dueAtSeconds;
    const found = page?._embedded.tasks.find(isIt);
    return found && { taskId: found.id };
  }
}
