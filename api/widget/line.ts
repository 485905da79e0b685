import type { Ticket } from '../../activities/store/widget-pages.ts';
import type { WidgetLine } from '../../proto/widget.ts';
import type { ApiTools } from '../tools.ts';

/** Whether somebody's click can lead to a call now. */
export function createLines(_tools: Pick<ApiTools, 'pbxs' | 'redis'>) {
  return async (_whose: Ticket, extensions: readonly string[]): Promise<WidgetLine> => {
    const [extension = null] = extensions;
    return { extension, state: 'unknown' };
  };
}
