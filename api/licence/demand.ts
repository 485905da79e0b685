import type { LicensedDeed } from '../../proto/licence/gate.ts';
import { whyNotLicensed } from '../../proto/licence/why-not.ts';
import { warning } from '../../proto/state/finding.ts';
import { tellFinding } from '../../proto/state/words.ts';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';

/**
 * @param pbxId where it is to be done; left out: on none in particular
 * @throws ApiError 403 that says why the licence does not have it, and how to get it
 */
export async function demandLicensed(
  deed: LicensedDeed,
  { licenceOfPbx }: Pick<ApiTools, 'licenceOfPbx'>,
  pbxId?: string,
): Promise<void> {
  const licence = await licenceOfPbx(pbxId);
  if (licence.isPbxBeyond) throw beyond(String(pbxId));
  const tell = whyNotLicensed(deed, licence);
  if (!tell) return;
  throw new ApiError(403, 'feature-off', undefined, (language) => {
    const { title, whatToDo } = tell(language);
    return { title, text: whatToDo };
  });
}

function beyond(pbxId: string): ApiError {
  return new ApiError(403, 'feature-off', undefined, (language) => {
    const { title, whatToDo } = tellFinding(warning('pbx-beyond', pbxId), language);
    return { title, text: whatToDo };
  });
}
