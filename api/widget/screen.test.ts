import type { LiveCall } from '../../proto/live-call.ts';
import { Screen, type WidgetEvent } from './screen.ts';

const client = { entityType: 'contacts' as const, entityId: 5, name: 'Anna', responsibleUserId: 11, openLeadIds: [7] };
const live = (parts: [string, LiveCall['parts'][number]['doing']][]): LiveCall => ({
  ...{ pbxId: 'main', linkedid: '1.1', direction: 'inbound', externalNumber: '79161234567', client: null },
  ...{ did: '74951112233', callerExtension: null, calledExtension: null, startedAtMs: 1, queue: null, transfer: null },
  parts: parts.map(([extension, doing]) => ({ extension, doing, sinceMs: 1_000 })),
  extensions: [],
});
const card = (users: number[]) => ({ pbxId: 'main', linkedid: '1.1', users, client });

function screenOf(userId: number, ...extensions: string[]) {
  const events: WidgetEvent[] = [];
  const screen = new Screen({ userId, extensions }, 'en', (event) => events.push(event));
  return { screen, told: () => events.splice(0).map(({ event, data }) => [event, data]) };
}

it('shows a call to whom a card is for, and whose phone rings', () => {
  const { screen, told } = screenOf(11, '101');
  screen.noteCall(live([['101', 'rings']]));
  expect(told()).toEqual([]); // no rule has asked for a card
  screen.noteCard(card([11]), live([['101', 'rings']]));
  expect(told()).toMatchObject([['call', { id: 'main:1.1', number: '+79161234567', doing: 'rings', client }]]);
  screen.noteCall(live([['101', 'rings']]));
  expect(told()).toEqual([]);
});

it('closes it when another has answered, and not for who talks', () => {
  const [anna, boris] = [screenOf(11, '101'), screenOf(12, '102')];
  const ringing = live([...(['101', '102'] as const)].map((extension) => [extension, 'rings']));
  for (const { screen } of [anna, boris]) screen.noteCard(card([11, 12]), ringing);
  for (const { told } of [anna, boris]) told();
  for (const { screen } of [anna, boris]) screen.noteCall(live([['102', 'talks']]));
  expect(anna.told()).toEqual([['gone', { id: 'main:1.1', why: 'answered-elsewhere' }]]);
  expect(boris.told()).toMatchObject([['call', { doing: 'talks' }]]);
});

it('waits a moment whether another has answered before it closes a card that rang', () => {
  jest.useFakeTimers();
  const [anna, boris] = [screenOf(11, '101'), screenOf(12, '102')];
  const ringing = live([...(['101', '102', '103'] as const)].map((extension) => [extension, 'rings']));
  for (const { screen } of [anna, boris]) screen.noteCard(card([11, 12]), ringing);
  for (const { told } of [anna, boris]) told();
  for (const { screen } of [anna, boris]) screen.noteCall(live([['103', 'rings']]));
  anna.screen.noteCall(live([['103', 'talks']]));
  expect(anna.told()).toEqual([['gone', { id: 'main:1.1', why: 'answered-elsewhere' }]]);
  expect(boris.told()).toEqual([]);
  jest.runAllTimers(); // nobody answers him
  expect(boris.told()).toEqual([['gone', { id: 'main:1.1', why: 'over' }]]);
  expect(anna.told()).toEqual([]);
  jest.useRealTimers();
});

it('goes over with the client to whom they are handed on', () => {
  const [anna, boris] = [screenOf(11, '101'), screenOf(12, '102')];
  for (const { screen } of [anna, boris]) screen.noteCard(card([11]), live([['101', 'talks']]));
  expect(boris.told()).toEqual([]);
  const handedOn = live([['102', 'rings']]);
  for (const { screen } of [anna, boris]) screen.noteCall(handedOn);
  for (const { screen } of [anna, boris]) screen.noteCard(card([11, 12]), handedOn);
  expect(anna.told().at(-1)).toEqual(['gone', { id: 'main:1.1', why: 'handed-on' }]);
  expect(boris.told()).toMatchObject([['call', { doing: 'rings' }]]);
  for (const { screen } of [anna, boris]) screen.noteOver('main:1.1');
  expect(anna.told()).toEqual([]);
  expect(boris.told()).toEqual([['gone', { id: 'main:1.1', why: 'over' }]]);
});

it('tells how a click came out in words', () => {
  const { screen, told } = screenOf(11, '101');
  screen.noteClick({ requestId: 'r', number: '8 916', phase: 'client-rings', atMs: Date.now() });
  screen.noteClick({
    requestId: 'r',
    number: '8 916',
    phase: 'ended',
    atMs: Date.now() - 60_000,
    reason: 'client-busy',
  });
  screen.noteClick({
    requestId: 'r',
    number: '8 916',
    phase: 'failed',
    atMs: Date.now() + 60_000,
    reason: 'of another version',
  });
  expect(told()).toMatchObject([
    ['click', { state: 'client-rings' }],
    ['click', { state: 'ended', message: 'The client is busy', agoMs: expect.closeTo(60_000, -4) }],
    ['click', { state: 'failed', message: 'It is not known how the call came out', agoMs: 0 }],
  ]);
});
