/** What is known of the permits that one identity has, and so of whether two machines use it. */
export interface Echoes {
  /** Numbers of permits, of which it must have one; null: it was never heard. */
  mayHold: readonly number[] | null;
  /** How often it had another, not more than a week apart. */
  twinTimes: number;
  /** The last time, ms UTC. */
  twinAtMs: number | null;
}

interface Echo {
  /** Number of the permit that it has; 0: none; undefined: an earlier version, which does not say. */
  lastSerial: number | undefined;
  /** Of the permit that was given before, and that it is given now. */
  before: number;
  given: number;
  /** It is given as a file: nobody knows whether it is taken in. */
  isFile: boolean;
  nowMs: number;
}

const weekMs = 7 * 86_400_000;
/** A machine that is brought back from a copy has an older permit once; of two that run each has, whenever it asks. */
const certainTimes = 2;
const mostHeld = 20;

/**
 * A machine has the permit that it was given last or, if the answer was lost, the one it told of before. One that has another
 * is not the machine that was given it. A number that was never given comes from before this database was brought back.
 */
export function hearEcho({ mayHold, twinTimes, twinAtMs }: Echoes, echo: Echo): Echoes {
  const { lastSerial, before, given, isFile, nowMs } = echo;
  if (isFile) return { mayHold: [...(mayHold ?? []), given].slice(-mostHeld), twinTimes, twinAtMs };
  if (lastSerial === undefined) return { mayHold: null, twinTimes, twinAtMs };
  const isKnown = mayHold === null || lastSerial === 0 || lastSerial > before || mayHold.includes(lastSerial);
  const next = [lastSerial, given];
  if (isKnown) return { mayHold: next, twinTimes, twinAtMs };
  const isLately = twinAtMs !== null && nowMs - twinAtMs < weekMs;
  return { mayHold: next, twinTimes: isLately ? twinTimes + 1 : 1, twinAtMs: nowMs };
}

/** Whether it is certain that two machines use the identity. */
export function isTwin({ twinTimes, twinAtMs }: Omit<Echoes, 'mayHold'>, nowMs: number): boolean {
  return twinTimes >= certainTimes && twinAtMs !== null && nowMs - twinAtMs < weekMs;
}
