import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Pbx } from '../../activities/store/pbxs.ts';
import type { CallJournalEntry } from '../../proto/journal.ts';
import { extensionsOf } from '../../proto/journal.ts';
import type { User } from '../../proto/user.ts';
import { userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { accountId, strictObject } from '../route.ts';
import type { ApiTools } from '../tools.ts';

/** Which calls a person may see: of their accounts; a head only those of their own people. */

/** By which a call is named in the path. */
export const callParams = strictObject({
  account: accountId,
  pbx: Type.String({ minLength: 1, maxLength: 32 }),
  linkedid: Type.String({ minLength: 1, maxLength: 150 }),
});

/** @returns undefined: everybody's calls */
export function ownExtensions({ role, extensions }: User): readonly string[] | undefined {
  return role === 'head' ? extensions : undefined;
}

/** @param extensions of those who took part or were asked for. @param own undefined: everybody's calls */
export function isVisible(extensions: readonly string[], own: readonly string[] | undefined): boolean {
  return own === undefined || extensions.some((one) => own.includes(one));
}

/** The PBXs of an account. */
export async function pbxsOf(account: string, { pbxs }: Pick<ApiTools, 'pbxs'>): Promise<Pbx[]> {
  return (await pbxs.list()).filter(({ accountId: of }) => of === account);
}

/** A call of an account. @throws ApiError if there is none that they may see */
export async function callOf(
  request: FastifyRequest,
  { account, pbx, linkedid }: { account: string; pbx: string; linkedid: string },
  tools: Pick<ApiTools, 'pbxs' | 'journal'>,
): Promise<CallJournalEntry & { writtenAtMs: number }> {
  const isOfAccount = (await pbxsOf(account, tools)).some(({ id }) => id === pbx);
  const entry = isOfAccount ? await tools.journal.read(pbx, linkedid) : undefined;
  if (!entry || !isVisible(extensionsOf(entry.call), ownExtensions(userOf(request)))) {
    throw new ApiError(404, 'not-found');
  }
  return entry;
}
