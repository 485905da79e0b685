import { SecretKeyError } from '../activities/store/key-ring.ts';
import type { KnownPbxs } from '../activities/store/pbxs.ts';
import type { AmiAccess } from '../proto/ami.ts';

/** How one signs in to the AMI of a PBX; undefined: nothing was said of it; locked: its secret can't be opened. */
export async function amiAccessOf(
  pbxs: Pick<KnownPbxs, 'surroundings' | 'amiSecret'>,
  pbxId: string,
): Promise<AmiAccess | undefined | 'locked'> {
  const { ami } = await pbxs.surroundings(pbxId);
  if (!ami) return undefined;
  const secret = await pbxs.amiSecret(pbxId).catch(noneIfLocked);
  return secret === undefined ? 'locked' : { ...ami, secret };
}

function noneIfLocked(error: unknown): undefined {
  if (!(error instanceof SecretKeyError)) throw error;
}
