import { Type } from 'typebox';
import { type AccountSettings, faultsOfSettings } from '../../proto/account-settings.ts';
import { SettingsSections, sectionsBetween, withSections } from '../../proto/settings-change.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { accountId, ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { ShownSettings, shownTo } from './shown.ts';

const versionNumber = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
const ofVersion = strictObject({ account: accountId, version: versionNumber });

const SettingsAnswer = Type.Object({ version: versionNumber, settings: ShownSettings });
const Saved = Type.Object({ version: versionNumber });
const VersionDescription = Type.Object({
  version: versionNumber,
  author: Type.String(),
  atMs: Type.Integer(),
  /** What it changed in the one before it; null if that is not known. */
  sections: Type.Union([Type.Array(Type.String()), Type.Null()]),
});

const mostVersions = 500;
const editable = Type.Omit(SettingsSections, ['numberLists'], { additionalProperties: false });

/** Settings of an account, version by version; the account's actor makes the versions. */
export function serveSettings(app: Api, { settingsStore: store, accountActors, seed }: ApiTools): void {
  const find = async (account: string, version: number): Promise<AccountSettings> => {
    const settings = version === 0 ? untouchedSettings(seed.language) : await store.find(account, version);
    if (!settings) throw new ApiError(404, 'not-found');
    return settings;
  };
  const change = async (account: string, basedOn: number, sections: SettingsSections, author: string) => {
    const outcome = await accountActors.change({ accountId: account, basedOn, sections, author });
    if (outcome.outcome === 'faulty') throw new ApiError(400, 'faulty-settings', outcome.faults);
    if (outcome.outcome === 'conflict')
      throw new ApiError(409, 'settings-conflict', [outcome.author, ...outcome.sections]);
    return { version: outcome.version };
  };

  const inWords = async (account: string, body: unknown, error: Error): Promise<Error> => {
    const sections = (body as { sections?: unknown } | null)?.sections;
    if (typeof sections !== 'object' || sections === null) return error;
    const present = (await store.latest(account))?.settings ?? untouchedSettings(seed.language);
    const faults = faultsOfSettings(withSections(present, sections));
    return faults.length > 0 ? new ApiError(400, 'faulty-settings', faults) : error;
  };

  app.get(
    '/api/accounts/:account/settings',
    route('signed-in', 'readSettings', { params: ofAccount }, SettingsAnswer),
    async (request) => {
      const { account } = request.params;
      const latest = await store.latest(account);
      const settings = latest?.settings ?? untouchedSettings(seed.language);
      return { version: latest?.version ?? 0, settings: shownTo(userOf(request).role, settings) };
    },
  );

  app.patch(
    '/api/accounts/:account/settings',
    {
      ...route(
        ['admin'],
        'changeSettings',
        { params: ofAccount, body: strictObject({ basedOn: versionNumber, sections: editable }) },
        Saved,
      ),
      attachValidation: true, // what is wrong with settings is told in better words than the validator's
    },
    async (request) => {
      const { account } = request.params;
      if (request.validationError) throw await inWords(account, request.body, request.validationError);
      const { basedOn, sections } = request.body;
      return change(account, basedOn, sections as SettingsSections, userOf(request).login);
    },
  );

  app.get(
    '/api/accounts/:account/settings/versions',
    route('signed-in', 'listSettingsVersions', { params: ofAccount }, Type.Array(VersionDescription)),
    async (request) => {
      const { account } = request.params;
      return store.versions(account, mostVersions);
    },
  );

  app.get(
    '/api/accounts/:account/settings/versions/:version',
    route('signed-in', 'readSettingsVersion', { params: ofVersion }, SettingsAnswer),
    async (request) => {
      const { account, version } = request.params;
      return { version, settings: shownTo(userOf(request).role, await find(account, version)) };
    },
  );

  /** Makes a new version that is as that one was. */
  app.post(
    '/api/accounts/:account/settings/versions/:version/restore',
    route(['admin'], 'restoreSettings', { params: ofVersion, body: strictObject({ basedOn: versionNumber }) }, Saved),
    async (request) => {
      const { account, version } = request.params;
      const wanted = await find(account, version);
      const present = (await store.latest(account))?.settings ?? untouchedSettings(seed.language);
      return change(account, request.body.basedOn, sectionsBetween(present, wanted), userOf(request).login);
    },
  );
}
