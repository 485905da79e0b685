import type { WidgetLine } from '../../proto/widget.ts';
import type { ClickReason } from '../../workflows/click-to-call/contract.ts';
import { createAmiStandings } from '../pbxs/ami-standing.ts';
import type { ApiTools } from '../tools.ts';
import { type Language, words } from '../words.ts';

/** Whether somebody's click can lead to a call now. */
export function createLines(tools: Pick<ApiTools, 'redis' | 'pbxs'>) {
  const standingsOf = createAmiStandings(tools);
  return async (pbxIds: readonly string[], extensions: readonly string[], language: Language): Promise<WidgetLine> => {
    const [extension = null] = extensions;
    const down = (why: ClickReason) => ({ state: 'down' as const, reason: words.errors[why][language].title });
    if (extension === null) return { extension, ...down('no-extension') };
    const states = (await standingsOf(pbxIds)).flatMap((ami) => (ami ? [ami.state] : []));
    if (states.length === 0) return { extension, ...down('no-pbx') };
    if (states.includes('up')) return { extension, state: 'up' };
    return states.includes('connecting') ? { extension, state: 'unknown' } : { extension, ...down('pbx-away') };
  };
}
