import type { Client, CrmTask, Lead } from './crm-types.ts';

/** Something happened to an entity that webhooks can tell of (contract 8.3). */
export type CrmChange = { action: 'add' | 'update' | 'delete' | 'responsible' | 'status' } & (
  | { kind: 'contact' | 'company'; entity: Client }
  | { kind: 'lead'; entity: Lead; oldStatusId?: number }
  | { kind: 'task'; entity: CrmTask }
);
