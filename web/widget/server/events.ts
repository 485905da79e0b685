import type { WidgetCall, WidgetClick, WidgetGone, WidgetLine, WidgetPage } from '../../../proto/widget.ts';

/** Events of the stream by name. */
export interface Told {
  page: WidgetPage;
  line: WidgetLine;
  call: WidgetCall;
  gone: WidgetGone;
  click: WidgetClick;
  /** What was not told since the stream began is no more. */
  whole: Record<string, never>;
}

const needed: { [Name in keyof Told]: readonly (keyof Told[Name])[] } = {
  page: ['pageId', 'signEveryMs'],
  line: ['state'],
  call: ['id', 'direction', 'number', 'did', 'doing', 'sinceMs'],
  gone: ['id', 'why'],
  click: ['requestId', 'number', 'state', 'agoMs'],
  whole: [],
};

/** @returns undefined if the text is not such an event */
export function readEvent<Name extends keyof Told>(name: Name, text: string): Told[Name] | undefined {
  try {
    const event = JSON.parse(text);
    return needed[name].every((member) => event[member] !== undefined) ? event : undefined;
  } catch {
    return undefined;
  }
}
