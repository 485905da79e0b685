import type { WidgetCall, WidgetGone } from '../../../proto/widget.ts';
import { phoneText, type Texts } from '../texts.ts';

export function kindOf({ direction }: WidgetCall, texts: Texts): string {
  return texts.call[direction ?? 'call'];
}

export function doingOf({ doing }: WidgetCall, texts: Texts): string {
  return texts.call[doing];
}

export function numberOf({ number, direction }: WidgetCall, texts: Texts): string {
  if (number !== null) return phoneText(number);
  return direction === null ? texts.call.notYet : texts.call.hidden;
}

/** @returns nothing if the card closes without a word */
export function endOf(why: WidgetGone['why'], texts: Texts): string | undefined {
  if (why === 'answered-elsewhere') return texts.call.answeredElsewhere;
  return why === 'handed-on' ? texts.call.handedOn : undefined;
}

/** How long it has gone on; clocks of two machines differ, so never less than nothing. */
export function timeSince(sinceMs: number): string {
  const seconds = Math.max(0, Math.floor((Date.now() - sinceMs) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
