import { Type } from 'typebox';
import { pbxIdsOf } from '../../activities/store/forget-activities.ts';
import { createPersonalData } from '../../activities/store/personal-data.ts';
import { Forgotten, FoundOfPerson, keyOfPerson } from '../../proto/forgetting.ts';
import { nullable } from '../../proto/nullable.ts';
import { userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { accountId, ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const Phone = Type.String({ minLength: 1, maxLength: 40 });
const lastDigitsToType = 4;

/** What there is of one person, and deleting it. Phones come in bodies: addresses are written down on their way. */
export function serveForgetting(app: Api, tools: ApiTools): void {
  const { pool, redis, pbxs, settingsStore, forgettings, forgetActors } = tools;

  app.post(
    '/api/accounts/:account/personal-data/search',
    route(['admin'], 'findPersonalData', { params: ofAccount, body: strictObject({ phone: Phone }) }, FoundOfPerson),
    async ({ params: { account }, body: { phone } }) => {
      const pbxIds = await pbxIdsOf(pool, pbxs, account);
      const data = createPersonalData(pool, redis, account, pbxIds, wholeKey(phone));
      return data.find((await settingsStore.latest(account))?.settings.numberLists ?? []);
    },
  );

  app.post(
    '/api/accounts/:account/personal-data/deletions',
    route(
      ['admin'],
      'deletePersonalData',
      { params: ofAccount, body: strictObject({ phone: Phone, lastDigits: Type.String({ maxLength: 10 }) }) },
      Type.Object({ id: Type.Integer() }),
    ),
    async (request) => {
      const { account } = request.params;
      const { phone, lastDigits } = request.body;
      if (wholeKey(phone).slice(-lastDigitsToType) !== lastDigits) throw new ApiError(422, 'other-last-digits');
      return { id: await forgetActors.begin(account, phone, userOf(request).login) };
    },
  );

  app.get(
    '/api/accounts/:account/personal-data/deletions/:deletion',
    route(
      ['admin'],
      'readDeletion',
      { params: strictObject({ account: accountId, deletion: Type.String({ pattern: '^\\d{1,15}$' }) }) },
      Type.Object({ result: nullable(Forgotten) }),
    ),
    async ({ params: { account, deletion } }) => {
      const forgetting = await forgettings.find(Number(deletion));
      if (forgetting?.accountId !== account) throw new ApiError(404, 'not-found');
      return { result: forgetting.result };
    },
  );
}

function wholeKey(phone: string): string {
  const key = keyOfPerson(phone);
  if (key === undefined) throw new ApiError(422, 'no-whole-number');
  return key;
}
