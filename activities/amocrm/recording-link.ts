import type { RegisterCall } from '../../proto/crm-action.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import type { CallRecord } from './effects.ts';
import { isRefusalOf } from './errors.ts';

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

/** Where it stands in a call and in a call's note. */
const linkFields = ['link', 'params.link'];

/** The call matters more than its recording: it is registered without the link where amoCRM does not take that. */
export async function orWithoutLink(
  call: ToldCall,
  send: (call: ToldCall) => Promise<CallRecord | undefined>,
): Promise<CallRecord | undefined> {
  try {
    return await send(call);
  } catch (error) {
    if (call.link === undefined || !isRefusalOf(error, linkFields)) throw error;
    const { link: _, ...bare } = call;
    const record = await send(bare);
    return record && { ...record, troubles: [...(record.troubles ?? []), refusedLink] };
  }
}

export const refusedLink =
  'The recording: amoCRM does not take the link to it. It can be heard in the journal; check the public address of Ringflow.';
