import type { AmiAccess } from '../../../proto/ami.ts';
import type { PbxFinding } from '../../../proto/pbx-check.ts';
import { AmiConnection, type AmiPatience, usualPatience } from '../ami/connection.ts';
import { AmiError } from '../ami/error.ts';
import type { AmiMessage } from '../ami/message.ts';
import { fine, found } from './finding.ts';

/** Of 16 and newer we know that they do as is relied upon. */
const oldestVersion = 16;

/**
 * What Ringflow asks of AMI, with the class of `write` that allows it, by Asterisk's `manager show command`:
 * click-to-call; ending and transferring calls; which channels there are after a reconnection.
 */
const neededActions = { originate: 'Originate', call: 'Redirect', reporting: 'CoreShowChannels' } as const;

const usualEventMs = 2_000;

/**
 * Whether the manager interface of a PBX is there and allows what Ringflow needs. Nothing rings by it.
 *
 * @param eventMs how long an event is waited for
 */
export async function checkAmi(
  access: AmiAccess | undefined | 'locked',
  patience: AmiPatience = usualPatience,
  eventMs: number = usualEventMs,
): Promise<PbxFinding[]> {
  if (!access) return [found('ami', 'ok', 'not-set')];
  if (access === 'locked') return [found('ami', 'error', 'unreachable', { code: 'LOCKED' })];
  const { host, port, user } = access;
  let connection: AmiConnection | undefined;
  try {
    connection = await AmiConnection.open(access, patience);
    const rights = await checkRights(connection, eventMs);
    return [fine('ami', { place: `${host}:${port}`, user }), ...rights];
  } catch (error) {
    if (!(error instanceof AmiError)) throw error;
    const { kind, ...values } = error.trouble;
    return [found('ami', 'error', kind, kind === 'refused' || kind === 'broken' ? { user } : values)];
  } finally {
    connection?.close();
  }
}

async function checkRights(ami: AmiConnection, eventMs: number): Promise<PbxFinding[]> {
  const allowed = await ami.ask('ListCommands');
  const may = (action: string) => action in allowed;
  const lacking = Object.entries(neededActions).filter(([, action]) => !may(action));
  const rights = lacking.map(([right]) => right).join(', ');
  return [
    ...(may('CoreSettings') ? checkVersion(await ami.ask('CoreSettings')) : []),
    rights === '' ? fine('ami-write') : found('ami-write', 'error', 'lacks-rights', { rights }),
    ...(may('Originate') ? [await checkEvents(ami, eventMs)] : []),
    ...(may('Getvar') ? await checkCurl(ami) : []),
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
async function checkEvents(ami: AmiConnection, eventMs: number): Promise<PbxFinding> {
  const heard = nextEvent(ami, ({ Event, Channel }) => Event === 'OriginateResponse' && Channel === noChannel, eventMs);
  await ami.ask('Originate', { Channel: noChannel, Application: 'NoOp', Async: 'true' });
  return (await heard) ? fine('ami-read') : found('ami-read', 'error', 'hears-no-calls');
}

/** Whether one that fits comes in time. */
function nextEvent(ami: AmiConnection, fits: (event: AmiMessage) => boolean, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (hasCome: boolean) => {
      clearTimeout(timer);
      stopListening();
      resolve(hasCome);
    };
    const timer = setTimeout(end, waitMs, false);
    const stopListening = ami.listen((event) => {
      if (fits(event)) end(true);
    });
  });
}

const noChannel = 'RingflowCheck/none';

/** @returns nothing if the PBX can't tell: it lacks func_module */
async function checkCurl(ami: AmiConnection): Promise<PbxFinding[]> {
  const { Value: answer } = await ami.ask('Getvar', { Variable: 'IFMODULE(func_curl.so)' });
  if (answer === '1') return [fine('curl')];
  return answer === '0' ? [found('curl', 'warning', 'no-curl')] : [];
}
