import type { CallingCase } from '../../proto/calling/plan.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { phonesOf } from '../../proto/employees.ts';
import { isPbxBeyond, type LicenceOfCallReader } from './licence/of-call.ts';
import type { KnownPbxs } from './pbxs.ts';
import type { PeopleOf } from './people.ts';
import type { SeenExtensions } from './seen-extensions.ts';
import type { SettingsStore } from './settings.ts';

/** What a decision about a click in an account depends on, as it is now: of whoever clicks. amoCRM is not asked: somebody waits. */
export function createCallingCase(
  pbxs: Pick<KnownPbxs, 'list' | 'surroundings'>,
  store: Pick<SettingsStore, 'latest'>,
  peopleOf: PeopleOf,
  seen: Pick<SeenExtensions, 'pbxsOf'>,
  licenceOf: LicenceOfCallReader,
) {
  return async (accountId: string, userId: number): Promise<CallingCase> => {
    const [latest, people, all, { features, seatHolders }] = await Promise.all([
      store.latest(accountId),
      peopleOf(accountId),
      pbxs.list(),
      licenceOf(undefined),
    ]);
    const own = all.filter((pbx) => pbx.accountId === accountId);
    const withAmi = await Promise.all(
      own.map(async ({ id, timezone }) => {
        const { ami } = await pbxs.surroundings(id);
        const { country } = { ...defaultPbx(id, timezone), ...latest?.settings.pbxs[id] };
        return ami && !isPbxBeyond(id, all, features) ? [{ id, country }] : [];
      }),
    );
    const ids = withAmi.flat().map(({ id }) => id);
    const seenAt = ids.length > 1 ? await seen.pbxsOf(phonesOf(userId, people.employees), ids) : {};
    return {
      ...{ ...people, calling: latest?.settings.calling, pbxs: withAmi.flat(), seenAt },
      licence: { features, seatHolders },
    };
  };
}
