/**
 * Looks at what may keep whoever looks waiting for ever, one at a time: a file of a network folder that is away holds a
 * thread of the process, and few of them hold all.
 *
 * @param patienceMs for which one look is waited for, the turn before it included
 * @returns what was seen, or `late`; a look whose turn did not come in time is not begun
 */
export function oneAtATime(patienceMs: number) {
  let turn: Promise<unknown> = Promise.resolve();
  return async <T, L>(look: () => Promise<T>, late: L): Promise<T | L> => {
    let isGivenUp = false;
    let timer: NodeJS.Timeout | undefined;
    const seen = turn.then(async (): Promise<T | L> => (isGivenUp ? late : look()));
    turn = seen.catch(() => undefined);
    const patience = new Promise<L>((resolve) => {
      timer = setTimeout(() => resolve(late), patienceMs);
    });
    try {
      return await Promise.race([seen, patience]);
    } finally {
      isGivenUp = true;
      clearTimeout(timer);
    }
  };
}
