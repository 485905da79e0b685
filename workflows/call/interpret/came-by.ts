import type { CameBy } from '../../../proto/call.ts';
import type { Ours } from './cast.ts';
import { readChannelName, readDestinations } from './channel.ts';
import { isConsultation } from './consultation.ts';
import { dialledExten } from './direction.ts';
import type { Leg } from './leg.ts';
import type { Reading } from './reading.ts';
import { recordingPrefix } from './recording.ts';

/** How the call came to an employee. */
export function cameBy(ours: Ours, reading: Reading): CameBy {
  const { cast, thread } = reading;
  if (ours === cast.caller) return cast.originated ? 'click' : 'caller';
  const { leg } = ours;
  if (thread.turns.some((turn) => turn.kind === 'pickup' && turn.pickerUniqueid === leg.uniqueid)) return 'pickup';
  if (!ours.wasCalled) return cameByThemselves(leg, reading);
  const turn = thread.turns.findLast((one) => one.rowId < leg.firstRowId && one.kind !== 'pickup');
  if (turn?.kind === 'park-end') return 'park';
  if (turn?.kind === 'blind') return 'transfer';
  const chain = reading.context.dialling.chainOf(leg);
  const isTarget = (one: Leg) => thread.turns.some((t) => t.kind === 'attended' && t.targetUniqueid === one.uniqueid);
  if ([leg, ...chain].some(isTarget)) return 'transfer';
  if (chain.some(isConsultation)) return 'consultation';
  if (ours.answeredOn !== null) return 'forward';
  return offered(leg, chain, reading);
}

function cameByThemselves(leg: Leg, { context, thread }: Reading): CameBy {
  const isRetriever = thread.turns.some((turn) => turn.retriever !== '' && turn.retriever === leg.channel);
  if (isRetriever || leg.apps.some((app) => app.app === 'ParkedCall')) return 'park';
  const dialled = dialledExten(leg);
  return context.pbx.pickupCodes.some((code) => dialled.startsWith(code)) ? 'pickup' : 'transfer';
}

/** A queue or a group offered it, or it was for this employee alone. */
function offered(leg: Leg, chain: readonly Leg[], reading: Reading): CameBy {
  const { pbx, dialling } = reading.context;
  const callers = [leg, ...chain];
  if (callers.some((one) => one.calledBy === 'AppQueue' || one.apps.some((app) => app.app === 'Queue'))) return 'queue';
  const apps = callers.flatMap((one) => dialling.appOf(one) ?? []);
  const isGroup = apps.some((app) => app.context.startsWith('ext-group') || Object.hasOwn(pbx.groups, app.exten));
  const isMany = apps.some(
    (app) => readDestinations(app.arguments).length > 1 && !/^(FM|Local\/FM)/.test(app.arguments),
  );
  const did = dialledExten(reading.thread.root);
  const target = Object.hasOwn(pbx.dids, did) ? pbx.dids[did]?.kind : undefined;
  const isNamedGroup = chain.some((one) => /^RG-/.test(readChannelName(one.channel).endpoint));
  if (isGroup || isMany || isNamedGroup || target === 'group') return 'group';
  return target === undefined && recordingPrefix(reading.context, 'rg') !== undefined ? 'group' : 'direct';
}
