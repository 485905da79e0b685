import { Type } from 'typebox';
import type { CallPlace, FoundCall } from '../../activities/store/call-search.ts';
import type { Call } from '../../proto/call.ts';

/** ms since the epoch, UTC; as far as dates reach in the database. */
export const Moment = Type.Integer({ minimum: 0, maximum: 99_999_999_999_999 });

/** The place behind which the next page begins, as the answer before has named it. */
export const Cursor = Type.Optional(Type.String({ maxLength: 200, pattern: '^\\d{1,14}~[^~]{1,32}~.{1,150}$' }));

const callsPerPage = 50;

/**
 * One page of calls, newest first.
 *
 * @param find gives calls behind a place, at most so many
 * @returns with the cursor of the older ones; null: there are none
 */
export async function pageOfCalls(
  cursor: string | undefined,
  find: (after: CallPlace | undefined, limit: number) => Promise<FoundCall[]>,
): Promise<{ page: FoundCall[]; olderCursor: string | null }> {
  const found = await find(cursor === undefined ? undefined : placeOf(cursor), callsPerPage + 1);
  const page = found.slice(0, callsPerPage);
  const last = found.length > callsPerPage ? page.at(-1) : undefined;
  return { page, olderCursor: last ? cursorOf(last.call) : null };
}

const cursorOf = ({ startedAtMs, pbxId, linkedid }: Call): string => `${startedAtMs}~${pbxId}~${linkedid}`;

function placeOf(cursor: string): CallPlace {
  const [, startedAtMs, pbxId = '', linkedid = ''] = /^(\d+)~([^~]+)~(.+)$/s.exec(cursor) ?? [];
  return { startedAtMs: Number(startedAtMs), pbxId, linkedid };
}
