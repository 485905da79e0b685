import type { CallingCase } from '../../proto/calling/plan.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import type { LicenceOfPbx } from './licence/of-call.ts';
import type { KnownPbxs } from './pbxs.ts';
import type { People } from './people.ts';
import type { SettingsStore } from './settings.ts';

/** What a decision about a click in an account depends on, as it is now. amoCRM is not asked: somebody waits. */
export function createCallingCase(
  pbxs: Pick<KnownPbxs, 'list' | 'surroundings'>,
  store: Pick<SettingsStore, 'latest'>,
  peopleOf: (accountId: string) => Promise<People>,
  licenceOf: LicenceOfPbx,
) {
  return async (accountId: string): Promise<CallingCase> => {
    const [latest, people, all] = await Promise.all([store.latest(accountId), peopleOf(accountId), pbxs.list()]);
    const own = all.filter((pbx) => pbx.accountId === accountId);
    const withAmi = await Promise.all(
      own.map(async ({ id, timezone }) => {
        const [{ ami }, { isPbxBeyond }] = await Promise.all([pbxs.surroundings(id), licenceOf(id)]);
        const { country } = { ...defaultPbx(id, timezone), ...latest?.settings.pbxs[id] };
        return ami && !isPbxBeyond ? [{ id, country }] : [];
      }),
    );
    const { features, seatHolders } = await licenceOf(own[0]?.id);
    return {
      ...{ ...people, calling: latest?.settings.calling, pbxs: withAmi.flat() },
      licence: { features, seatHolders },
    };
  };
}
