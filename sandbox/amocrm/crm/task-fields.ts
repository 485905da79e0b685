import { authorshipOf, type Birth, changeAuthorshipOf } from './birth.ts';
import type { CrmTask, NewTask, TaskChange } from './crm-types.ts';
import { singularOf } from './entity-types.ts';

/** A task as it is stored when the API was asked for it; the request must have been checked before. */
export function taskOf(asked: NewTask, birth: Birth): CrmTask {
  return {
    id: birth.id,
    text: asked.text,
    completeTillSeconds: asked.complete_till,
    responsibleUserId: asked.responsible_user_id ?? birth.currentUserId,
    entity: entityOf(asked),
    typeId: asked.task_type_id ?? 1,
    durationSeconds: asked.duration ?? 0,
    isCompleted: asked.is_completed ?? false,
    resultText: asked.result?.text ?? null,
    ...authorshipOf(asked, birth),
  };
}

/** The task with what a change names; the rest stays as it was. */
export function changedTask(task: CrmTask, change: TaskChange, moment: Omit<Birth, 'id'>): CrmTask {
  return {
    ...task,
    text: change.text ?? task.text,
    completeTillSeconds: change.complete_till ?? task.completeTillSeconds,
    responsibleUserId: change.responsible_user_id ?? task.responsibleUserId,
    entity: entityOf(change) ?? task.entity,
    typeId: change.task_type_id ?? task.typeId,
    durationSeconds: change.duration ?? task.durationSeconds,
    isCompleted: change.is_completed ?? task.isCompleted,
    resultText: change.result?.text ?? task.resultText,
    ...changeAuthorshipOf(change, moment),
  };
}

function entityOf({ entity_type: type, entity_id: id }: TaskChange): CrmTask['entity'] {
  return type === undefined || id === undefined ? null : { type: singularOf[type], id };
}
