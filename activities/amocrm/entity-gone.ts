import type { EntityId } from '../store/known-clients.ts';
import { AmocrmError } from './errors.ts';

/**
 * Sends what stands on an entity.
 *
 * @param field in which the entity is named, or in parts of which
 * @throws AmocrmError `EntityGone` if it was deleted or merged into another
 */
export async function orEntityGone<T>(
  { entityType, entityId }: EntityId,
  field: string,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const paths = error instanceof AmocrmError ? error.refusedPaths : [];
    if (!paths.some((path) => path === field || path.startsWith(`${field}.`))) throw error;
    throw new AmocrmError('EntityGone', `amoCRM has no ${entityType} ${entityId} any more.`, { hadNoEffect: true });
  }
}

/** What was to be changed or added to is not there (any more). */
export const isEntityGone = (error: unknown): boolean =>
  error instanceof AmocrmError && (error.code === 'EntityGone' || error.code === 'Gone');
