export type ActorActivities = ReturnType<typeof createActorActivities>;

/**
 * What a call asks of Temporal about the actors of others.
 *
 * @param runningActorOf the id of the workflow that works at a call now, undefined if none does
 */
export function createActorActivities(
  runningActorOf: (pbxId: string, linkedid: string) => Promise<string | undefined>,
) {
  return {
    /** @returns null if nobody works at that call */
    runningActorOf: async (pbxId: string, linkedid: string): Promise<string | null> =>
      (await runningActorOf(pbxId, linkedid)) ?? null,
  };
}
