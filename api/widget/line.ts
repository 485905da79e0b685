import { createCallingCase } from '../../activities/store/calling-case.ts';
import { createReadings } from '../../activities/store/readings.ts';
import { lineOf } from '../../proto/calling/plan.ts';
import type { Reading } from '../../proto/state/facts.ts';
import type { WidgetLine } from '../../proto/widget.ts';
import type { ClickReason } from '../../workflows/click-to-call/contract.ts';
import type { ApiTools } from '../tools.ts';
import { type Language, words } from '../words.ts';
import { createKnownPeople } from './people.ts';

/** A connector that says nothing for so long has died. */
const silentMs = 20_000;

/** Whether somebody's click can lead to a call now, by the same rules as the click itself. */
export function createLines(tools: ApiTools) {
  const readings = createReadings(tools.redis);
  const caseOf = createCallingCase(tools.pbxs, tools.settingsStore, createKnownPeople(tools));
  return async (accountId: string, userId: number, language: Language): Promise<WidgetLine> => {
    const line = lineOf(userId, await caseOf(accountId));
    const down = (why: ClickReason) => ({ state: 'down' as const, reason: words.errors[why][language].title });
    if (typeof line === 'string') return { extension: null, ...down(line) };
    const { extension } = line;
    const [reading] = await readings.of([line.pbx.id]);
    const state = amiState(reading);
    if (state === 'up') return { extension, state };
    return state === 'connecting' ? { extension, state: 'unknown' } : { extension, ...down('pbx-away') };
  };
}

function amiState(reading: Reading | undefined): string | undefined {
  return reading && Date.now() - reading.toldAtMs < silentMs ? reading.ami?.state : undefined;
}
