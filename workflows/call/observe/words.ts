import type { Comparison, Difference, Intent, OthersCall, Registration } from '../../../proto/journal.ts';
import { plain, tame } from '../plain.ts';

/** What would have been done, and what another product did, for people who read the Temporal UI. */
export function observedText({ intent, comparison }: Extract<Registration, { state: 'observed' }>): string {
  return [`Observed, nothing was written: ${intentText(intent)}.`, comparisonText(comparison)].join('\n\n');
}

function intentText({ cardsTo, reached, end }: Intent): string {
  const { registration, notRegistered, incomingLead, task } = end;
  const deeds = [...reached, end];
  const others = [
    ...(cardsTo.length > 0 ? [`a card to ${cardsTo.map(personText).join(', ')}`] : []),
    ...(incomingLead ? ['an incoming lead for an unknown caller'] : []),
    ...(deeds.some(({ contact }) => contact) ? ['a contact for an unknown client'] : []),
    ...(deeds.some(({ lead }) => lead) ? ['a lead'] : []),
    ...(deeds.some(({ changes }) => changes.length > 0) ? ['changes of the client or lead'] : []),
    ...(task ? [task.kind === 'create-task' ? 'a task to call back' : 'the task to call back done'] : []),
    ...(deeds.some(({ hooks }) => hooks.length > 0) ? ['a hook'] : []),
  ];
  const record = registration
    ? `would have been registered with ${registration.durationSeconds} s, responsible ${plain(personText(registration.responsible))}`
    : `would not have been registered (${notRegistered ?? 'the settings ask for nothing'})`;
  return [record, ...others].join('; ');
}

function comparisonText(comparison: Comparison | undefined): string {
  if (!comparison) return 'In a moment it is compared with what another product leaves in amoCRM.';
  if ('unread' in comparison) return `amoCRM could not be asked what another product did: ${tame(comparison.unread)}`;
  const { found, differences } = comparison;
  if (!found) return 'No other product has registered it.';
  const where = `${found.entityType} ${found.entityId}, note ${found.noteId}`;
  const source = found.source === '' ? 'Another product' : `Another product (${plain(found.source)})`;
  if (differences.length === 0) return `${source} registered it alike: ${where}.`;
  return `${source} registered it: ${where}. Differences: ${differences.map(differenceText).map(tame).join('; ')}.`;
}

function differenceText(difference: Difference): string {
  if (typeof difference === 'string') return difference;
  switch (difference.what) {
    case 'missing-there':
      return 'missing there';
    case 'only-there':
      return `registered there, would not have been here: ${difference.reason}`;
    case 'duration':
      return `duration: ${difference.thereSeconds} s there, ${difference.hereSeconds} s here`;
    case 'responsible':
      return `responsible: ${personText(difference.there)} there, ${personText(difference.here)} here`;
    case 'entity':
      return `entity: ${placeText(difference.there)} there, ${placeText(difference.here)} here`;
  }
}

const placeText = ({ entityType, entityId }: { entityType: string; entityId: number }): string =>
  `${entityType} ${entityId}`;

function personText(person: OthersCall['responsible']): string {
  return typeof person === 'number' ? `user ${person}` : (person ?? 'nobody');
}
