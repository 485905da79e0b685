import type { AlertDestination } from '../../../../proto/alerts/settings.ts';
import type { SecretKind } from './alerts.ts';

/** A destination as it is typed; of another kind than chosen the fields stay empty. */
export interface DestinationValues {
  kind: AlertDestination['kind'];
  name: string;
  to: string[];
  from: string;
  chatId: string;
  url: string;
  userId: string | null;
  /** Newly typed; empty: the one that is kept stays. */
  secret: string;
}

export function valuesOf(destination: AlertDestination | undefined): DestinationValues {
  const empty = { to: [], from: '', chatId: '', url: '', userId: null, secret: '' };
  if (!destination) return { kind: 'email', name: '', ...empty };
  const { kind, name } = destination;
  switch (destination.kind) {
    case 'email':
      return { ...empty, kind, name, to: [...destination.to], from: destination.from };
    case 'telegram':
      return { ...empty, kind, name, chatId: destination.chatId };
    case 'webhook':
      return { ...empty, kind, name, url: destination.url };
    case 'amocrm-task':
      return { ...empty, kind, name, userId: String(destination.userId) };
  }
}

export const keptSecret = (destination: AlertDestination | undefined): string | undefined =>
  destination && 'secretRef' in destination ? destination.secretRef : undefined;

/** Which kinds of secrets there are; a task needs none. */
export const secretKindOf = (kind: AlertDestination['kind']): SecretKind | undefined =>
  kind === 'amocrm-task' ? undefined : kind;

/** @param secretRef of the secret that is kept; undefined: there is none */
export function destinationOf(id: string, values: DestinationValues, secretRef: string | undefined): AlertDestination {
  const { kind, to, from, chatId, url, userId } = values;
  const name = values.name.trim();
  switch (kind) {
    case 'email':
      return { id, name, kind, to: to.map((one) => one.trim()), from: from.trim(), secretRef: secretRef ?? '' };
    case 'telegram':
      return { id, name, kind, chatId: chatId.trim(), secretRef: secretRef ?? '' };
    case 'webhook':
      return { id, name, kind, url: url.trim(), ...(secretRef !== undefined && { secretRef }) };
    case 'amocrm-task':
      return { id, name, kind, userId: Number(userId) };
  }
}

/** Names the field that keeps it from being used. */
export function missingField(
  values: DestinationValues,
  hasSecret: boolean,
): 'name' | 'to' | 'from' | 'chatId' | 'url' | 'userId' | 'secret' | undefined {
  const { kind, name, to, from, chatId, url, userId } = values;
  if (name.trim() === '') return 'name';
  const isEmail = (text: string) => /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text.trim());
  if (kind === 'email' && (to.length === 0 || !to.every(isEmail))) return 'to';
  if (kind === 'email' && !isEmail(from)) return 'from';
  if (kind === 'telegram' && !/^(-?\d{1,20}|@\w{3,40})$/.test(chatId.trim())) return 'chatId';
  if (kind === 'webhook' && !/^https?:\/\/[^\s/@]+(\/\S*)?$/.test(url.trim())) return 'url';
  if (kind === 'amocrm-task') return userId === null ? 'userId' : undefined;
  return hasSecret || kind === 'webhook' ? undefined : 'secret';
}

/** Of a new destination; pages over plain http have no better source. */
export const newId = (): string => `d-${Date.now().toString(36)}`;
