import type { WidgetCall, WidgetClick, WidgetGone, WidgetLine } from '../../../proto/widget.ts';

/** Events of the stream by name. */
export interface Told {
  line: WidgetLine;
  call: WidgetCall;
  gone: WidgetGone;
  click: WidgetClick;
}

const needed: { [Name in keyof Told]: readonly (keyof Told[Name])[] } = {
  line: ['state'],
  call: ['id', 'direction', 'number', 'did', 'doing', 'sinceMs'],
  gone: ['id', 'why'],
  click: ['requestId', 'number', 'state'],
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
