import { Type } from 'typebox';
import type { Pbx } from '../../activities/store/pbxs.ts';
import { forms } from '../../runtime/configuration/environment.ts';
import { ApiError } from '../errors.ts';
import { accountId, strictObject } from '../route.ts';
import type { ApiTools } from '../tools.ts';

export const pbxId = Type.String({ pattern: forms.pbxId.pattern });
/** One PBX of an account. */
export const ofPbx = strictObject({ account: accountId, pbx: pbxId });

/** @throws ApiError if the account has no such PBX */
export async function ownPbx(
  { account, pbx: id }: { account: string; pbx: string },
  { pbxs }: Pick<ApiTools, 'pbxs'>,
): Promise<Pbx> {
  const pbx = await pbxs.find(id);
  if (pbx?.accountId !== account) throw new ApiError(404, 'not-found');
  return pbx;
}
