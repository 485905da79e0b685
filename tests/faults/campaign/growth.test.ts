import { overLives, withinOneLife } from './growth.ts';
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
