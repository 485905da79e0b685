export type ActorActivities = ReturnType<typeof createActorActivities>;

export interface ToldAnew {
  pbxId: string;
  /** The linkedid of a call that was told. */
  older: string;
  /** Of one that belongs to it. */
  younger: string;
}

/**
 * What a call asks for about the actors of others.
 *
 * @param runningActorOf the id of the workflow that works at a call now, undefined if none does
 * @param tellAnew lets a new actor look at the older call; false if that was never told, or has left the younger out
 */
export function createActorActivities(
  runningActorOf: (pbxId: string, linkedid: string) => Promise<string | undefined>,
  tellAnew: (request: ToldAnew) => Promise<boolean>,
) {
  return {
    /** @returns null if nobody works at that call */
    runningActorOf: async (pbxId: string, linkedid: string): Promise<string | null> =>
      (await runningActorOf(pbxId, linkedid)) ?? null,
    tellAnew,
  };
}
