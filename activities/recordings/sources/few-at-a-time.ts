/**
 * Does what may keep whoever does it waiting for ever, so many at a time: a file of a network folder that is away holds
 * a thread of the process, and few of them hold all.
 *
 * @param patienceMs for which one is waited for, the turn before it included
 * @returns what came of it, or `late`; what does not get its turn in time is not begun
 */
export function fewAtATime(count: number, patienceMs: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  const leave = () => {
    free++;
    waiting.shift()?.();
  };
  return <T, L>(work: () => Promise<T>, late: L): Promise<T | L> =>
    new Promise((resolve, reject) => {
      const begin = () => {
        free--;
        work().then(end(resolve), end(reject)).finally(leave);
      };
      const giveUp = setTimeout(() => {
        const place = waiting.indexOf(begin);
        if (place >= 0) waiting.splice(place, 1);
        resolve(late);
      }, patienceMs);
      const end =
        <V>(tell: (value: V) => void) =>
        (value: V) => {
          clearTimeout(giveUp);
          tell(value);
        };
      if (free > 0) begin();
      else waiting.push(begin);
    });
}
