import { afterHearing, type Following, type Heard, type LiveCall, nothingHeard } from './following.ts';

const call = (linkedid: string, extension = '101', startedAtMs = Number(linkedid)): LiveCall => ({
  ...{ pbxId: 'main', linkedid, direction: 'inbound', externalNumber: '79161234567', client: null, did: null },
  ...{ callerExtension: null, calledExtension: null, startedAtMs, queue: null, transfer: null },
  parts: [{ extension, doing: 'rings', sinceMs: startedAtMs }],
});
const whole = (...calls: LiveCall[]): Heard => ({ event: 'snapshot', data: { nowMs: 2_000, calls } });
const told = (one: LiveCall): Heard => ({ event: 'call', data: one });
const over = (linkedid: string, isInJournal = false): Heard => ({
  event: 'over',
  data: { pbxId: 'main', linkedid, isInJournal },
});
const after = (...heard: Heard[]): Following =>
  heard.reduce((following, one) => afterHearing(following, one, 1_000), nothingHeard);
const shown = ({ calls }: Following) => calls.map(({ linkedid, parts }) => `${linkedid} ${parts[0]?.extension}`);

it('calls stand in the order of their beginning, each once, as it was told last', () => {
  expect(shown(after(whole(call('2')), told(call('1')), told(call('2', '102'))))).toEqual(['1 101', '2 102']);
});

it('a call that is over is told as such, and can be opened once it stands in the journal', () => {
  const ended = after(whole(call('1')), over('1'));
  expect([shown(ended), ended.over.map(({ isInJournal }) => isInJournal)]).toEqual([[], [false]]);
  expect(afterHearing(ended, over('1', true), 1_000).over.map(({ isInJournal }) => isInJournal)).toEqual([true]);
});

it('a call that nobody has seen is no news when it is over', () => {
  expect(after(whole(), over('1', true))).toMatchObject({ calls: [], over: [] });
});

it('what is shown while the connection is lost stays, and what has ended meanwhile is told afterwards', () => {
  const lost = after(whole(call('1'), call('2')), { event: 'lost' });
  expect([lost.connection, shown(lost)]).toEqual(['lost', ['1 101', '2 101']]);
  const back = afterHearing(lost, whole(call('2')), 1_000);
  expect([back.connection, shown(back), back.over.map(({ call: { linkedid } }) => linkedid)]).toEqual([
    'live',
    ['2 101'],
    ['1'],
  ]);
});

it('knows by how much the clock of this browser is wrong', () => {
  expect(after(whole()).aheadMs).toBe(1_000);
});
