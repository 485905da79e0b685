import { phonesOf } from '../employees.ts';
import { isLicensed } from '../licence/gate.ts';
import type { LicenceOfCall } from '../licence/of-call.ts';
import type { PbxDescription } from '../pbx.ts';
import { type NumberRefusal, readDialledNumber } from './number.ts';
import { type CallingOfEmployee, type CallingOfPbx, type CallingSettings, usualCalling } from './settings.ts';

/** What a decision about a click depends on. */
export interface CallingCase {
  calling: CallingSettings | undefined;
  /** Those of the account that have AMI and that the licence has, in the order in which they were added. */
  pbxs: readonly Pick<PbxDescription, 'id' | 'country'>[];
  /** By extension the PBXs that have had calls of it, where there are several PBXs. */
  seenAt?: Readonly<Record<string, readonly string[]>>;
  /** Extension → amoCRM user. */
  employees: Readonly<Record<string, number>>;
  inactiveUsers: readonly number[];
  /** Absent where only numbers are tried: everything is allowed then. */
  licence?: Pick<LicenceOfCall, 'features' | 'seatHolders'>;
}

/** Who clicked on what. */
export interface Click {
  userId: number;
  /** As it stands in amoCRM. */
  number: string;
}

/** Why nothing is dialled. */
export type ClickRefusal = 'feature-off' | 'no-seat' | 'switched-off' | 'no-extension' | 'no-pbx' | NumberRefusal;

/** What AMI is asked for. */
export interface PlannedCall {
  pbxId: string;
  extension: string;
  /** The client's, digits with the country code. */
  phone: string;
  channel: string;
  context: string;
  exten: string;
  ringMs: number;
  /** Channel variables by name. */
  variables: Record<string, string>;
  /** By so much the PBX's clock is ahead of ours; absent: the two are in step, or nobody has asked it. */
  clockAheadMs?: number;
}

/** By which phone a user calls, whatever they call. */
export function lineOf(
  userId: number,
  about: CallingCase,
):
  | { extension: string; pbx: CallingCase['pbxs'][number] }
  | Extract<ClickRefusal, 'feature-off' | 'no-seat' | 'no-extension' | 'switched-off' | 'no-pbx'> {
  const { licence } = about;
  if (licence && !isLicensed('click', licence.features)) return 'feature-off';
  const extension = extensionOf(userId, about);
  if (extension === undefined) return 'no-extension';
  if (licence?.seatHolders && !licence.seatHolders.includes(userId)) return 'no-seat';
  const own = entryOf(about.calling?.employees, extension);
  if (about.calling?.isOff || own?.isOff) return 'switched-off';
  const pbx = pbxOf(extension, own?.pbx, about);
  return pbx ? { extension, pbx } : 'no-pbx';
}

/** What a click comes to: the employee's phone first, then the client's. */
export function planCall({ userId, number }: Click, about: CallingCase): PlannedCall | ClickRefusal {
  const { calling = {} } = about;
  const line = lineOf(userId, about);
  if (typeof line === 'string') return line;
  const { extension, pbx } = line;
  const own = entryOf(calling.employees, extension);
  const ofPbx = entryOf(calling.pbxs, pbx.id) ?? {};
  const way = { ...usualCalling, ...ofPbx, ...own };
  const dialled = readDialledNumber(number, pbx.country, ofPbx, way.prefix);
  if (typeof dialled === 'string') return dialled;
  return {
    pbxId: pbx.id,
    extension,
    ...dialled,
    channel: way.channel.replace('{extension}', extension),
    context: way.context,
    ringMs: way.ringSeconds * 1000,
    variables: variablesOf(extension, way),
  };
}

/** Where nothing is set the first that has seen the phone, else the first: always the same, for each may have a 101. */
function pbxOf(extension: string, set: string | undefined, { pbxs, seenAt }: CallingCase) {
  if (set !== undefined) return pbxs.find(({ id }) => id === set);
  const seen = entryOf(seenAt, extension) ?? [];
  return pbxs.find(({ id }) => seen.includes(id)) ?? pbxs[0];
}

/** Of several phones the first that may call. */
function extensionOf(userId: number, { employees, inactiveUsers, calling }: CallingCase): string | undefined {
  if (inactiveUsers.includes(userId)) return undefined;
  const extensions = phonesOf(userId, employees);
  return extensions.find((extension) => !entryOf(calling?.employees, extension)?.isOff) ?? extensions[0];
}

type Way = CallingOfEmployee & CallingOfPbx & { channel: string; callerIdVariable: string };

function variablesOf(
  extension: string,
  { channel, callerId, callerIdVariable, autoAnswer }: Way,
): Record<string, string> {
  return {
    // by it FreePBX knows whose outgoing call it is, since the caller id is the client's
    REALCALLERIDNUM: extension,
    ...(callerId && { [callerIdVariable]: callerId }),
    ...(autoAnswer && answerHeader(channel, autoAnswer)),
  };
}

const headers = {
  'call-info': ['Call-Info', '<sip:ringflow>;answer-after=0'],
  'alert-info': ['Alert-Info', '<http://ringflow>;info=alert-autoanswer'],
} as const;

/** chan_pjsip takes a header by a function of the dialplan, chan_sip by a variable. */
function answerHeader(channel: string, kind: keyof typeof headers): Record<string, string> {
  const [name, value] = headers[kind];
  if (/^PJSIP\//i.test(channel)) return { [`PJSIP_HEADER(add,${name})`]: value };
  return /^SIP\//i.test(channel) ? { SIPADDHEADER01: `${name}: ${value}` } : {};
}

function entryOf<T>(entries: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined;
}
