import type { AmiAccess } from '../../../proto/ami.ts';
import type { PbxFinding } from '../../../proto/pbx-check.ts';
import { readGreeting } from '../ami/greeting.ts';
import { AmiError, type AmiMessage, type AmiSession, withAmi } from '../ami/session.ts';
import { fine, found } from './finding.ts';

/** Of 16 and newer we know that they do as is relied upon. */
const oldestVersion = 16;

/**
 * What Ringflow asks of AMI, with the class of `write` that allows it, by Asterisk's `manager show command`:
 * click-to-call; ending and transferring calls; which channels there are after a reconnection.
 */
const neededActions = { originate: 'Originate', call: 'Redirect', reporting: 'CoreShowChannels' } as const;

export interface AmiPatience {
  greetingMs: number;
  sessionMs: number;
  eventMs: number;
}
const usualPatience: AmiPatience = { greetingMs: 4_000, sessionMs: 8_000, eventMs: 2_000 };

/** Whether the manager interface of a PBX is there and allows what Ringflow needs. Nothing rings by it. */
export async function checkAmi(
  access: AmiAccess | undefined | 'locked',
  { greetingMs, sessionMs, eventMs }: AmiPatience = usualPatience,
): Promise<PbxFinding[]> {
  if (!access) return [found('ami', 'ok', 'not-set')];
  if (access === 'locked') return [found('ami', 'error', 'unreachable', { code: 'LOCKED' })];
  const { host, port, user } = access;
  const greeting = await readGreeting(host, port, greetingMs);
  if (greeting.kind === 'unreachable') return [found('ami', 'error', 'unreachable', { code: greeting.code })];
  if (greeting.kind === 'silent') return [found('ami', 'error', 'silent')];
  if (greeting.kind === 'other') return [found('ami', 'error', 'not-ami', { said: greeting.said })];
  try {
    const rights = await withAmi(access, sessionMs, (session) => checkRights(session, eventMs));
    return [fine('ami', { place: `${host}:${port}`, user }), ...rights];
  } catch (error) {
    if (!(error instanceof AmiError)) throw error;
    return [found('ami', 'error', error.kind, { user })];
  }
}

async function checkRights(session: AmiSession, eventMs: number): Promise<PbxFinding[]> {
  const allowed = await session.ask('ListCommands');
  const may = (action: string) => action in allowed;
  const lacking = Object.entries(neededActions).filter(([, action]) => !may(action));
  const rights = lacking.map(([right]) => right).join(', ');
  return [
    ...(may('CoreSettings') ? checkVersion(await session.ask('CoreSettings')) : []),
    rights === '' ? fine('ami-write') : found('ami-write', 'error', 'lacks-rights', { rights }),
    ...(may('Originate') ? [await checkEvents(session, eventMs)] : []),
    ...(may('Getvar') ? await checkCurl(session) : []),
  ];
}

function checkVersion({ AsteriskVersion: version = '' }: AmiMessage): PbxFinding[] {
  const major = Number(/^(?:certified[-/])?(\d+)\./.exec(version)?.[1]);
  if (!(major > 0)) return []; // built from sources
  const values = { version: version.slice(0, 60) };
  return [major >= oldestVersion ? fine('asterisk', values) : found('asterisk', 'warning', 'old-version', values)];
}

/**
 * A call by a technology that no Asterisk has ends before it begins, without a channel or a row, and its end is told as
 * an event of the class call. No action tells which classes of `read` one has.
 */
async function checkEvents(session: AmiSession, eventMs: number): Promise<PbxFinding> {
  const heard = session.event(({ Event, Channel }) => Event === 'OriginateResponse' && Channel === noChannel, eventMs);
  await session.ask('Originate', { Channel: noChannel, Application: 'NoOp', Async: 'true' });
  return (await heard) ? fine('ami-read') : found('ami-read', 'error', 'hears-no-calls');
}

const noChannel = 'RingflowCheck/none';

/** @returns nothing if the PBX can't tell: it lacks func_module */
async function checkCurl(session: AmiSession): Promise<PbxFinding[]> {
  const { Value: answer } = await session.ask('Getvar', { Variable: 'IFMODULE(func_curl.so)' });
  if (answer === '1') return [fine('curl')];
  return answer === '0' ? [found('curl', 'warning', 'no-curl')] : [];
}
