import { featureOf, isLicensed, type LicensedDeed } from '../../proto/licence/gate.ts';
import { whyOff } from '../../proto/licence/words.ts';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';

/** @throws ApiError 403 that says why the licence does not have it, and how to get it */
export async function demandLicensed(deed: LicensedDeed, { licence }: Pick<ApiTools, 'licence'>): Promise<void> {
  const { standing } = await licence.now();
  if (isLicensed(deed, standing.features)) return;
  const reason = standing.state === 'restricted' ? standing.reason : null;
  throw new ApiError(403, 'feature-off', undefined, (language) => {
    const { title, whatToDo } = whyOff(featureOf(deed), reason, language);
    return { title, text: whatToDo };
  });
}
