import type { RegisterCall } from '../../proto/crm-action.ts';
import type { AmocrmDependencies } from './dependencies.ts';

/** A call as it is told to amoCRM. The link is a key to the recording: it never stands in a history of Temporal. */
export type ToldCall = RegisterCall & { link?: string };

/** With the link to its recording, if it has one that amoCRM's users can open. */
export async function withLink(
  { recordingLinkOf }: Pick<AmocrmDependencies, 'recordingLinkOf'>,
  accountId: string,
  call: RegisterCall,
): Promise<ToldCall> {
  const link = call.recording && (await recordingLinkOf(accountId, call.recording));
  return link === undefined ? call : { ...call, link };
}
