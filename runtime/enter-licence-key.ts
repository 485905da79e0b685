import { enteredKeySecret, licenceKeySecret, type Secrets } from '../activities/store/secrets.ts';
import type { LicensingTalk } from '../proto/licence/wire.ts';
import type { LicenceActor } from './licence-actors.ts';

const tries = 3;

/**
 * Lets a licence key be taken up, and tells whoever waits what came of it. A check that was due at the same moment may take
 * it up in place of theirs: if it was refused there, it is entered once more.
 *
 * @throws SecretKeyError; if no worker answers in time, then it is taken up later
 */
export async function enterLicenceKey(
  secrets: Pick<Secrets, 'read' | 'write'>,
  licenceActor: Pick<LicenceActor, 'talk'>,
  key: string,
): Promise<LicensingTalk | null> {
  for (let left = tries; left > 0; left--) {
    await secrets.write(enteredKeySecret, key);
    const came = await licenceActor.talk('check');
    if (came === null || came.failure !== null || (await secrets.read(licenceKeySecret)) === key) return came;
  }
  return { atMs: Date.now(), failure: 'trouble' };
}
