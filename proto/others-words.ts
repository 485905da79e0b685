import type { OthersCall } from './journal.ts';

/** In words for people, what a call's journal says of the record of another product. */

const beginning = 'It stands in amoCRM already';

/** Of a call that was left to another product's record. */
export const standsByAnother = ({ source, entityType, entityId, noteId }: OthersCall): string =>
  `${beginning} (${entityType} ${entityId}, note ${noteId}${source === '' ? '' : ` of ${source}`}): left as it is.`;

export const isLeftToAnother = (reason: string): boolean => reason.startsWith(beginning);

/** The record that it was left to fits another call better. */
export const displacedByAnother =
  "The record of another product that was taken for it turned out to be another call's: it is not in amoCRM. Bring it once more, or do it again.";

/** Whether it is among the client's records could not be seen. */
export const mayStandByAnother =
  'The client has more calls in amoCRM than could be looked through: another product may have put this one there too.';
