import { createCallingCase } from '../../activities/store/calling-case.ts';
import type { PeopleOf } from '../../activities/store/people.ts';
import { lineOf } from '../../proto/calling/plan.ts';
import type { WidgetLine } from '../../proto/widget.ts';
import type { ClickReason } from '../../workflows/click-to-call/contract.ts';
import { createAmiStandings } from '../pbxs/ami-standing.ts';
import type { ApiTools } from '../tools.ts';
import { type Language, words } from '../words.ts';

/** Whether somebody's click can lead to a call now, by the same rules as the click itself. */
export function createLines(tools: ApiTools, peopleOf: PeopleOf) {
  const standingsOf = createAmiStandings(tools);
  const caseOf = createCallingCase(
    tools.pbxs,
    tools.settingsStore,
    peopleOf,
    tools.seenExtensions,
    tools.licenceOfCall,
  );
  return async (accountId: string, userId: number, language: Language): Promise<WidgetLine> => {
    const line = lineOf(userId, await caseOf(accountId, userId));
    const down = (why: ClickReason) => ({ state: 'down' as const, reason: words.errors[why][language].title });
    if (typeof line === 'string') return { extension: null, ...down(line) };
    const { extension } = line;
    const [standing] = await standingsOf([line.pbx.id]);
    const state = standing?.state;
    if (state === 'up') return { extension, state };
    return state === 'connecting' ? { extension, state: 'unknown' } : { extension, ...down('pbx-away') };
  };
}
