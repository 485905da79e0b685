import { createReadings } from '../../activities/store/readings.ts';
import type { Reading } from '../../proto/state/facts.ts';
import type { WidgetLine } from '../../proto/widget.ts';
import type { ClickReason } from '../../workflows/click-to-call/contract.ts';
import type { ApiTools } from '../tools.ts';
import { type Language, words } from '../words.ts';

/** A connector that says nothing for so long has died. */
const silentMs = 20_000;

/** Whether somebody's click can lead to a call now. */
export function createLines({ redis, pbxs }: Pick<ApiTools, 'redis' | 'pbxs'>) {
  const readings = createReadings(redis);
  return async (pbxIds: readonly string[], extensions: readonly string[], language: Language): Promise<WidgetLine> => {
    const [extension = null] = extensions;
    const down = (why: ClickReason) => ({ state: 'down' as const, reason: words.errors[why][language].title });
    if (extension === null) return { extension, ...down('no-extension') };
    const withAmi = await Promise.all(pbxIds.map(async (id) => ((await pbxs.surroundings(id)).ami ? [id] : [])));
    const known = await readings.of(withAmi.flat());
    if (known.length === 0) return { extension, ...down('no-pbx') };
    const states = known.map(amiState);
    if (states.includes('up')) return { extension, state: 'up' };
    return states.includes('connecting') ? { extension, state: 'unknown' } : { extension, ...down('pbx-away') };
  };
}

function amiState(reading: Reading | undefined): string | undefined {
  return reading && Date.now() - reading.toldAtMs < silentMs ? reading.ami?.state : undefined;
}
