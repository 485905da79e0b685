import { requiredCelColumns } from '../../../proto/cel.ts';
import type { CheckSubject, PbxFinding } from '../../../proto/pbx-check.ts';
import { pbxTimeToUtcMs, uniqueidToUtcMs } from '../../../proto/pbx-time.ts';
import { openCdrTable } from '../cdr-table.ts';
import { openCelTable, type RawCel } from '../cel-table.ts';
import type { PbxTables } from '../index.ts';
import { columnsOf, PbxDatabaseError, queryPbx } from '../pbx-database.ts';
import { fine, found } from './finding.ts';

/** About a hundred calls: enough that every event that is written at all is among them. */
const rowsLookedAt = 2_000;
/** Fewer tell nothing about what never comes. */
const fewRows = 40;
/** Without these a call can't be told rightly; the others are written only when somebody transfers or parks. */
const neededEvents = ['CHAN_START', 'ANSWER', 'HANGUP', 'CHAN_END', 'LINKEDID_END', 'BRIDGE_ENTER', 'BRIDGE_EXIT'];
const quarterOfAnHourMs = 900_000;
const mostNamed = 8;

/**
 * Whether a PBX is set up as Ringflow needs it, by its tables: what can't be looked at because of what was found before
 * is left out.
 *
 * @param extensionPattern of the settings: by it a channel is an employee's phone
 */
export async function checkPbxTables(tables: PbxTables, extensionPattern: string): Promise<PbxFinding[]> {
  const { pool, celTable, cdrTable, timezone } = tables;
  try {
    await queryPbx(pool, 'SELECT 1');
  } catch (error) {
    return [unreachable('database', error)];
  }
  const cel = await checkCelTable(tables);
  const cdr = await openCdrTable(pool, cdrTable).then(
    () => fine('cdr-table', { table: cdrTable }),
    (error) => ({ ...unreachable('cdr-table', error), state: 'warning' as const }), // calls are told without it
  );
  const head = [fine('database'), cel, cdr];
  if (cel.state === 'error') return head;
  const rows = await (await openCelTable(pool, celTable)).latest(rowsLookedAt);
  if (rows.length === 0) return [...head, found('calls', 'warning', 'no-calls-yet')];
  return [
    ...head,
    newestCall(rows, timezone),
    checkEvents(rows),
    checkTimezone(rows, timezone),
    checkPhones(rows, extensionPattern),
  ];
}

export function unreachable(subject: CheckSubject, error: unknown): PbxFinding {
  const { code = '', message } = error as { code?: string; message: string };
  const words = error instanceof PbxDatabaseError ? message : code; // what a driver says may hold addresses
  return found(subject, 'error', 'unreachable', { code, message: words });
}

async function checkCelTable({ pool, celTable }: PbxTables): Promise<PbxFinding> {
  try {
    const present = await columnsOf(pool, celTable);
    const missing = requiredCelColumns.filter((column) => !present.has(column));
    if (missing.length > 0) return found('cel-table', 'error', 'lacks-columns', { columns: missing.join(', ') });
    const { lost } = await openCelTable(pool, celTable);
    if (lost.length === 0) return fine('cel-table', { table: celTable });
    return found('cel-table', 'warning', 'lacks-columns', { columns: lost.map(([column]) => column).join(', ') });
  } catch (error) {
    return unreachable('cel-table', error);
  }
}

function newestCall([newest]: readonly RawCel[], timezone: string): PbxFinding {
  const atMs = pbxTimeToUtcMs(String(newest?.eventtime), timezone);
  return fine('calls', atMs === undefined ? {} : { atMs: String(atMs) });
}

function checkEvents(rows: readonly RawCel[]): PbxFinding {
  if (rows.length < fewRows) return found('events', 'warning', 'too-few-rows');
  const seen = new Set(rows.map(({ eventtype }) => eventtype));
  const missing = neededEvents.filter((event) => !seen.has(event));
  return missing.length === 0
    ? fine('events')
    : found('events', 'error', 'lacks-events', { events: missing.join(', ') });
}

/** `uniqueid` begins with the second in which the channel was made, UTC; its CHAN_START tells the same by the wall clock. */
function checkTimezone(rows: readonly RawCel[], timezone: string): PbxFinding {
  const aheadMs = rows.flatMap(({ eventtype, eventtime, uniqueid }) => {
    const madeAtMs = uniqueidToUtcMs(String(uniqueid));
    const writtenAtMs = pbxTimeToUtcMs(String(eventtime), timezone, madeAtMs);
    return eventtype === 'CHAN_START' && madeAtMs !== undefined && writtenAtMs !== undefined
      ? [writtenAtMs - madeAtMs]
      : [];
  });
  const median = aheadMs.toSorted((a, b) => a - b)[Math.floor(aheadMs.length / 2)];
  if (median === undefined) return found('timezone', 'warning', 'too-few-rows');
  const quarters = Math.round(median / quarterOfAnHourMs);
  if (quarters === 0) return fine('timezone', { timezone });
  return found('timezone', 'error', 'other-timezone', { timezone, hours: String(quarters / 4) });
}

/** A phone's or provider's channel, cut at its last dash: trunks' names contain dashes. */
const endpointOf = /^(?:PJSIP|SIP|IAX2|SCCP)\/(.+)-[^-]+$/;

function checkPhones(rows: readonly RawCel[], extensionPattern: string): PbxFinding {
  const isExtension = new RegExp(extensionPattern);
  const endpoints = new Set(rows.flatMap(({ channame }) => endpointOf.exec(String(channame))?.[1] ?? []));
  const phones = [...endpoints].filter((endpoint) => isExtension.test(endpoint));
  const named = (names: readonly string[]) => names.toSorted().slice(0, mostNamed).join(', ');
  if (phones.length > 0) return fine('phones', { count: String(phones.length), phones: named(phones) });
  return found('phones', 'error', 'no-phones', { pattern: extensionPattern, seen: named([...endpoints]) });
}
