import { Pace } from './pace.ts';

const hourMs = 3_600_000;

/** AMI is there, and has been silent for an hour. */
function quietPace(): Pace {
  const pace = new Pace(() => 1);
  pace.listens(true, 0);
  return pace;
}

it('without AMI the table is looked into all the time', () => {
  const pace = new Pace(() => 1);
  expect(pace.pauseMs(hourMs)).toBe(40);
  pace.rowsCame(hourMs);
  expect(pace.pauseMs(2 * hourMs)).toBe(40);
});

it.each([
  [8, 40],
  [50, 250],
  [1_000, 500],
])('of %d PBXs each is looked into every %d ms', (pbxs, ms) => {
  expect(new Pace(() => pbxs).pauseMs(hourMs)).toBe(ms);
});

it('while AMI tells of nothing it is looked into rarely, and often for a while after it has told something', () => {
  const pace = quietPace();
  expect(pace.pauseMs(hourMs)).toBe(1_000);
  pace.stirs(hourMs);
  expect(pace.pauseMs(hourMs)).toBe(40);
  expect(pace.pauseMs(hourMs + 10_000)).toBe(1_000);
});

it('AMI that is away tells nothing by its silence', () => {
  const pace = quietPace();
  pace.listens(false, hourMs);
  expect(pace.pauseMs(2 * hourMs)).toBe(40);
});

it('AMI that did not tell of a row is not relied upon for a while', () => {
  const pace = quietPace();
  pace.rowsCame(hourMs);
  expect(pace.pauseMs(hourMs + 60_000)).toBe(40);
  expect(pace.pauseMs(hourMs + 11 * 60_000)).toBe(1_000);
});

it('rows of which AMI told let it be relied upon', () => {
  const pace = quietPace();
  pace.stirs(hourMs);
  pace.rowsCame(hourMs + 10);
  expect(pace.pauseMs(hourMs + 60_000)).toBe(1_000);
});

describe('a pause', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** How long a pause after a silence lasts, ms, if AMI tells something at these moments of it. */
  async function lastsWith(toldAtMs: number[], mostMs?: number): Promise<number> {
    const pace = quietPace();
    jest.advanceTimersByTime(hourMs);
    const beganMs = performance.now();
    const over = pace.pause(new AbortController().signal, mostMs).then(() => performance.now() - beganMs);
    for (const atMs of toldAtMs) setTimeout(() => pace.stirs(), atMs);
    await jest.advanceTimersByTimeAsync(1_500);
    return over;
  }

  it.each([
    ['lasts as long as nothing is told', [], 1_000],
    ['ends shortly after AMI has told something', [100], 106],
    ['ends by the first that is told', [100, 103], 106],
    ['is not so short that a busy PBX would be asked without a pause', [1], 20],
  ])('%s', async (_, toldAtMs, ms) => {
    expect(Math.round(await lastsWith(toldAtMs))).toBe(ms);
  });

  it('is no longer than what was seen already may wait', async () => {
    expect(Math.round(await lastsWith([], 30))).toBe(30);
    expect(Math.round(await lastsWith([], 2))).toBe(20);
    expect(Math.round(await lastsWith([], 5_000))).toBe(1_000);
  });

  it('ends with the work, and there is none after it', async () => {
    const [pace, stop] = [quietPace(), new AbortController()];
    const pausing = pace.pause(stop.signal);
    stop.abort();
    await pausing;
    await pace.pause(stop.signal);
    expect(jest.getTimerCount()).toBe(0);
  });
});
