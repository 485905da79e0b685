import type { CameBy, ConversationResult } from '../../../../proto/call.ts';
import type { CallAnswer } from './calls.ts';

export type Call = CallAnswer['call'];
export type Transfer = Call['transfers'][number];

/** One thing that happened in a call. */
export type StoryEvent = { atMs: number } & (
  | { kind: 'begun' }
  | { kind: 'asked'; who: string[]; cameBy: CameBy }
  | { kind: 'talks'; who: string[] }
  | { kind: 'left'; who: string[]; result: ConversationResult | null }
  | { kind: 'handed-on'; transfer: Transfer }
  | { kind: 'over' }
);

/** What happened in a call, in order of time; who did the same in the same second is named together. */
export function storyOf(call: Call): StoryEvent[] {
  const parts = call.conversations.flatMap((part): StoryEvent[] => {
    const who = [part.extension];
    return [
      ...(part.cameBy === 'caller'
        ? []
        : [{ atMs: part.requestedAtMs, kind: 'asked' as const, who, cameBy: part.cameBy }]),
      ...(part.acceptedAtMs === null ? [] : [{ atMs: part.acceptedAtMs, kind: 'talks' as const, who }]),
      ...(part.endedAtMs === null ? [] : [{ atMs: part.endedAtMs, kind: 'left' as const, who, result: part.result }]),
    ];
  });
  const transfers = call.transfers.map((transfer) => ({ atMs: transfer.atMs, kind: 'handed-on' as const, transfer }));
  // who hands on is out, and the next is asked for, in the same second
  const secondOf = ({ atMs }: StoryEvent) => Math.floor((atMs - call.startedAtMs) / 1000);
  const inOrder = [...transfers, ...parts.sort((a, b) => a.atMs - b.atMs)].sort((a, b) => secondOf(a) - secondOf(b));
  return [
    { atMs: call.startedAtMs, kind: 'begun' },
    ...together(inOrder, secondOf),
    ...(call.endedAtMs === null ? [] : [{ atMs: call.endedAtMs, kind: 'over' as const }]),
  ];
}

function together(events: readonly StoryEvent[], secondOf: (event: StoryEvent) => number): StoryEvent[] {
  const groups = new Map<string, StoryEvent>();
  for (const event of events) {
    const key = `${secondOf(event)} ${groupOf(event)}`;
    const group = groups.get(key);
    if (group && 'who' in group && 'who' in event) {
      group.who = [...new Set([...group.who, ...event.who])];
    } else {
      groups.set(key, { ...event });
    }
  }
  return [...groups.values()];
}

function groupOf(event: StoryEvent): string {
  if (event.kind === 'asked') return `asked ${event.cameBy}`;
  if (event.kind === 'left') return `left ${event.result}`;
  return event.kind === 'handed-on' ? `handed-on ${event.transfer.rowId}` : event.kind;
}
