interface Durations {
  /** So long what was read is used without a second thought. */
  freshMs: number;
  /** So long it is still used while it is read anew: a store that has become slow keeps nobody waiting. */
  usableMs: number;
}

export interface KeptForAMoment<T> {
  /** @throws whatever reading throws, if there is nothing usable */
  get(id: string): Promise<T | undefined>;
  /** As it stands now. @throws whatever reading throws */
  getFresh(id: string): Promise<T | undefined>;
  forget(id: string): void;
}

/**
 * What is asked for much more often than it changes, by id. What is not there (undefined) is not kept: whoever asks for
 * what there is not must not fill the memory.
 */
export function keptForAMoment<T>(
  read: (id: string) => Promise<T | undefined>,
  { freshMs, usableMs }: Durations,
): KeptForAMoment<T> {
  const kept = new Map<string, { value: T; readAtMs: number }>();
  const readings = new Map<string, Promise<T | undefined>>();

  const readAnew = (id: string): Promise<T | undefined> => {
    const running = readings.get(id);
    if (running) return running;
    const readAtMs = performance.now();
    const reading: Promise<T | undefined> = read(id)
      .then((value) => {
        if (readings.get(id) !== reading) return value; // forgotten meanwhile: it may be what was before
        if (value === undefined) kept.delete(id);
        else kept.set(id, { value, readAtMs });
        return value;
      })
      .finally(() => readings.get(id) === reading && readings.delete(id));
    readings.set(id, reading);
    reading.catch(() => undefined); // told to whoever waits
    return reading;
  };

  return {
    async get(id) {
      const known = kept.get(id);
      const ageMs = known ? performance.now() - known.readAtMs : Number.POSITIVE_INFINITY;
      if (known && ageMs < freshMs) return known.value;
      const fresh = readAnew(id);
      return known && ageMs < usableMs ? known.value : fresh;
    },
    getFresh: readAnew,
    forget(id) {
      kept.delete(id);
      readings.delete(id);
    },
  };
}
