import { SecretKeyError } from '../activities/store/key-ring.ts';
import type { KnownPbxs } from '../activities/store/pbxs.ts';
import type { RecordingLinks } from '../activities/store/recording-links.ts';
import type { SettingsStore } from '../activities/store/settings.ts';
import type { Recording } from '../proto/crm-action.ts';

/** The address under which the API gives out a recording. @param publicUrl without a final slash */
export const recordingUrl = (publicUrl: string, token: string): string => `${publicUrl}/recordings/${token}`;

interface LinkParts {
  links: Pick<RecordingLinks, 'issue'>;
  pbxs: Pick<KnownPbxs, 'surroundings'>;
  settings: Pick<SettingsStore, 'latest'>;
  /** Undefined: users of amoCRM can't open what we give out. */
  reachableUrl: string | undefined;
}

/**
 * Gives out links for amoCRM's cards.
 *
 * @returns undefined where there is nothing to link to, links are switched off, or can't be signed: calls are registered
 * without one then, and the check of the PBX says why
 */
export function createRecordingUrls({ links, pbxs, settings, reachableUrl }: LinkParts) {
  return async (accountId: string, recording: Recording): Promise<string | undefined> => {
    if (reachableUrl === undefined || (await pbxs.surroundings(recording.pbxId)).recordings === null) return undefined;
    if ((await settings.latest(accountId))?.settings.recordings?.links === false) return undefined;
    const link = await links.issue(recording).catch((error): undefined => {
      if (!(error instanceof SecretKeyError)) throw error;
    });
    return link && recordingUrl(reachableUrl, link.token);
  };
}
