import type { paths } from '../../proto/generated/amocrm.ts';
import { listOf } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import type { TaskRecord } from './effects.ts';

type Filter = NonNullable<paths['/api/v4/tasks']['get']['parameters']['query']>;

/** What an earlier attempt may have left, open or done since: a task of the same text, due at the same time. */
export async function findTask(
  client: AmocrmClient,
  among: Filter,
  { text, dueAtSeconds }: { text: string; dueAtSeconds: number },
): Promise<TaskRecord | undefined> {
  const query = { ...among, 'order[id]': 'desc' as const, limit: 250 };
  const newest = listOf(await client.GET('/api/v4/tasks', { params: { query } }), 'tasks');
  const found = newest.find((task) => task.text === text && task.complete_till === dueAtSeconds);
  return found && { taskId: found.id };
}
