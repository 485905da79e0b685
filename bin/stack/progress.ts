const tellEveryMs = 15_000;

/** Something that bin/up can't do itself; the message says what a person has to do. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}

/** Says what is being done, now and then that it still is, and how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const beganAtMs = Date.now();
  const elapsed = () => `${Math.round((Date.now() - beganAtMs) / 1000)} s`;
  console.log(`· ${title}`);
  const timer = setInterval(() => console.log(`· ${title}: still at it after ${elapsed()}`), tellEveryMs);
  try {
    const result = await work();
    if (Date.now() - beganAtMs > 2_000) console.log(`  ${title}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/**
 * What can be done without: undefined where it can't be had, which is told.
 *
 * @param without what is not done then, in words
 */
export async function ifToBeHad<T>(without: string, get: () => Promise<T>): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.log(`· ${without}: ${error.message}`);
    return undefined;
  }
}

/** Runs a command of bin/ and ends with 1 and one message for people if it can't be done. */
export async function runCommand(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    process.exit(1);
  }
}
