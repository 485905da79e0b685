import { judged, overLives, withinOneLife } from './growth.ts';
import type { Sample } from './watch.ts';

const life = (pid: number, memoryMb: readonly number[]): Sample[] =>
  memoryMb.map((mb, index) => ({
    part: 'worker',
    pid,
    ageSeconds: (index + 1) * 120,
    memoryMb: mb,
    handles: 20 + index,
  }));

it('growth counts from when a process is warm, in the life that was longest', () => {
  const samples = [...life(1, [100, 150]), ...life(2, [100, 150, 160, 165, 170])];
  expect(withinOneLife(samples)).toEqual([
    {
      ...{ part: 'worker', first: '150 MB, 21 handles at 240 s', middle: '165 MB, 23 handles at 480 s' },
      ...{ last: '170 MB, 24 handles at 600 s', 'growth, MB': 20, 'growth, handles': 3 },
    },
  ]);
});

it('lives are compared at the same age', () => {
  const samples = [...life(1, [100, 150]), ...life(2, [120]), ...life(3, [101, 149, 200])];
  expect(overLives(samples)).toEqual([
    {
      ...{ part: 'worker', lives: 3, 'first life': '150 MB, 21 handles at 240 s' },
      'last life': '149 MB, 21 handles at 240 s',
    },
  ]);
});

describe('growth that goes on', () => {
  const minutes = Array.from({ length: 40 }, (_, minute) => minute);
  const lifeOf = (use: (minute: number) => Partial<Sample>, part = 'worker'): Sample[] =>
    minutes.map((minute) => ({
      ...{ part, pid: 1, ageSeconds: 180 + minute * 60, memoryMb: 200, handles: 60 },
      ...use(minute),
    }));
  const grows = (samples: Sample[]) => judged(samples).map((verdict) => verdict.grows);

  it.each<[string, (minute: number) => Partial<Sample>]>([
    ['nothing grows', () => ({})],
    ['garbage is collected', (minute) => ({ memoryMb: 150 + (minute % 7) * 15 })],
    ['seldom', (minute) => ({ memoryMb: 150 + (minute % 19) * 6 })],
    ['caches fill, and stay', (minute) => ({ memoryMb: 300 - Math.round(150 * Math.exp(-minute / 5)) })],
    ['a little is left lying', (minute) => ({ memoryMb: 200 + Math.round(minute / 3) })],
    ['connections come and go', (minute) => ({ handles: 60 + (minute % 5) * 8 })],
    ['once more was needed', (minute) => ({ memoryMb: minute < 20 ? 200 : 260 })],
  ])('is not where %s', (_, use) => expect(grows(lifeOf(use))).toEqual([[]]));

  it('is told of memory that is never given back', () => {
    const leak = lifeOf((minute) => ({ memoryMb: 200 + minute * 2 + (minute % 3) * 10 }));
    expect(grows(leak)).toEqual([
      [expect.stringMatching(/^worker grows: 224, then \d+, then \d+ MB within 39 minutes$/)],
    ]);
  });

  it('is told of handles that nobody closes', () => {
    expect(grows(lifeOf((minute) => ({ handles: 60 + minute })))).toEqual([[expect.stringContaining('handles')]]);
  });

  it('can not be told of a life that was short, nor before it was warm', () => {
    const leak = lifeOf((minute) => ({ memoryMb: 200 + minute * 20 }));
    expect(grows(leak.slice(0, 8))).toEqual([undefined]);
    const cold = leak.map((sample) => ({ ...sample, ageSeconds: sample.ageSeconds / 100 }));
    expect(grows(cold)).toEqual([undefined]);
  });

  it('is no fault of servers that keep what has happened', () => {
    const use = (minute: number) => ({ memoryMb: 200 + minute * 20 });
    expect(grows([...lifeOf(use, 'mysql'), ...lifeOf(use, 'temporal')])).toEqual([]);
    expect(grows(lifeOf(use, 'redis'))).toEqual([[expect.stringContaining('redis grows')]]);
  });
});
