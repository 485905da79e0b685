import { createReadings } from '../../activities/store/readings.ts';
import type { AmiStanding } from '../../proto/state/facts.ts';
import type { ApiTools } from '../tools.ts';

/** A connector that says nothing for so long has died. */
const silentMs = 20_000;

/** How AMI of a PBX stands; null: the PBX has none; `unknown`: nobody tells. */
export type ToldAmi = AmiStanding | { state: 'unknown' } | null;

/** How AMI of PBXs stands, in the order of their ids. */
export function createAmiStandings({ redis, pbxs }: Pick<ApiTools, 'redis' | 'pbxs'>) {
  const readings = createReadings(redis);
  return async (pbxIds: readonly string[]): Promise<ToldAmi[]> => {
    const addresses = await Promise.all(pbxIds.map(async (id) => (await pbxs.surroundings(id)).ami));
    if (!addresses.some((ami) => ami)) return pbxIds.map(() => null);
    const told = await readings.of(pbxIds);
    return told.map((reading, index) => {
      if (!addresses[index]) return null;
      const isFresh = reading !== undefined && Date.now() - reading.toldAtMs < silentMs;
      return (isFresh && reading.ami) || { state: 'unknown' };
    });
  };
}
