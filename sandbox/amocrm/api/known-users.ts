import type { CrmStore } from '../crm/crm-store.ts';
import type { FieldError } from './problems.ts';
import { notAChoice } from './request-rules.ts';

type UserField = 'call_responsible' | 'responsible_user_id' | 'created_by' | 'updated_by';
const userFields: readonly UserField[] = ['call_responsible', 'responsible_user_id', 'created_by', 'updated_by'];

/** Complaints about users that the account doesn't have; 0 is the robot, who can be an author only. */
export function unknownUsers(store: CrmStore, item: { [field in UserField]?: number | string }): FieldError[] {
  return userFields.filter((field) => isUnknown(store, field, item[field])).map(notAChoice);
}

function isUnknown(store: CrmStore, field: UserField, value: number | string | undefined): boolean {
  const isRobot = value === 0 && (field === 'created_by' || field === 'updated_by');
  return typeof value === 'number' && !isRobot && !store.isUser(value);
}
