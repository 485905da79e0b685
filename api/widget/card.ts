import type { WidgetCard } from '../../activities/store/widget-cards.ts';
import type { LiveCall } from '../../proto/live-call.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { WidgetCall, WidgetGone } from '../../proto/widget.ts';

/** Whose screen it is. */
export interface Viewer {
  userId: number;
  extensions: readonly string[];
}

/** What stands on the card of a call at somebody's screen; undefined: they see none. */
export function cardFor(call: LiveCall, card: WidgetCard | undefined, viewer: Viewer): WidgetCall | undefined {
  if (!card?.users.includes(viewer.userId)) return undefined;
  const part = call.parts.findLast(({ extension }) => viewer.extensions.includes(extension));
  if (!part) return undefined;
  const { client } = card;
  return {
    id: cardId(call),
    direction: call.direction,
    number: call.externalNumber === null ? null : writtenPhone(call.externalNumber),
    did: call.did,
    ...{ doing: part.doing, sinceMs: part.sinceMs },
    ...(client !== undefined && { client: client && { ...client, openLeadIds: client.openLeadIds ?? [] } }),
  };
}

/** @param shown as they have seen it last. @param call undefined: it is over */
export function whyGone(shown: WidgetCall, call: LiveCall | undefined): WidgetGone['why'] {
  if (!call) return 'over';
  if (shown.doing === 'talks' || shown.doing === 'holds') return 'handed-on';
  const isTalkedWith = call.parts.some(({ doing }) => doing === 'talks' || doing === 'holds');
  return isTalkedWith ? 'answered-elsewhere' : 'over';
}

export const cardId = ({ pbxId, linkedid }: Pick<LiveCall, 'pbxId' | 'linkedid'>): string => `${pbxId}:${linkedid}`;
