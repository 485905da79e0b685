import { setTimeout as sleep } from 'node:timers/promises';
import { Pace } from './pace.ts';

const hourMs = 3_600_000;
const pauses = (pace: Pace, count: number, nowMs: number) => Array.from({ length: count }, () => pace.pauseMs(nowMs));

/** AMI is there, and has been silent for an hour. */
function quietPace(): Pace {
  const pace = new Pace();
  pace.listens(true, 0);
  return pace;
}

it('without AMI the table is looked into all the time', () => {
  const pace = new Pace();
  expect(pauses(pace, 5, hourMs).slice(-1)).toEqual([40]);
  pace.rowsCame(hourMs);
  expect(pauses(pace, 5, 2 * hourMs).slice(-1)).toEqual([40]);
});

it('while AMI tells of nothing it is looked into rarely', () => {
  expect(pauses(quietPace(), 3, hourMs)).toEqual([500, 500, 500]);
});

it('after a silence it is looked into at once and often, then as usual', () => {
  const pace = quietPace();
  pace.stirs(hourMs);
  expect(pauses(pace, 5, hourMs)).toEqual([5, 10, 20, 40, 40]);
  pace.stirs(hourMs + 1_000);
  expect(pauses(pace, 2, hourMs + 1_000)).toEqual([40, 40]);
  expect(pauses(pace, 1, hourMs + 10_000)).toEqual([500]);
});

it('AMI that is away tells nothing by its silence', () => {
  const pace = quietPace();
  pace.listens(false, hourMs);
  expect(pauses(pace, 5, 2 * hourMs).slice(-1)).toEqual([40]);
});

it('AMI that did not tell of a row is not relied upon for a while', () => {
  const pace = quietPace();
  pace.rowsCame(hourMs);
  expect(pauses(pace, 5, hourMs + 60_000).slice(-1)).toEqual([40]);
  expect(pauses(pace, 1, hourMs + 11 * 60_000)).toEqual([500]);
});

it('rows of which AMI told let it be relied upon', () => {
  const pace = quietPace();
  pace.stirs(hourMs);
  pace.rowsCame(hourMs + 10);
  expect(pauses(pace, 1, hourMs + 60_000)).toEqual([500]);
});

it('a long pause ends with what AMI tells, and with the work', async () => {
  const pace = quietPace();
  const stop = new AbortController();
  pace.listens(true, performance.now() - hourMs);
  const [woken, ended] = [pace.pause(stop.signal), sleep(0)];
  await ended;
  pace.stirs();
  await woken;
  const stopped = pace.pause(stop.signal);
  stop.abort();
  await stopped;
  await pace.pause(stop.signal);
});
