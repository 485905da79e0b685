import type { LicensedDeed } from '../../proto/licence/gate.ts';
import { whyNotLicensed } from '../../proto/licence/why-not.ts';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';

/** @throws ApiError 403 that says why the licence does not have it, and how to get it */
export async function demandLicensed(deed: LicensedDeed, { licence }: Pick<ApiTools, 'licence'>): Promise<void> {
  const tell = whyNotLicensed(deed, (await licence.now()).standing);
  if (!tell) return;
  throw new ApiError(403, 'feature-off', undefined, (language) => {
    const { title, whatToDo } = tell(language);
    return { title, text: whatToDo };
  });
}
