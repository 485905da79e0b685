import { extensionOfMobile } from '../../../proto/mobiles.ts';
import type { Context } from './cast.ts';
import { numberInLocal, readChannelName, readDestinations } from './channel.ts';
import { dialledExten } from './direction.ts';
import type { AppSeen, Leg } from './leg.ts';
import { isInitiator } from './origin.ts';
import { recordingPrefix } from './recording.ts';
import type { Thread } from './threads.ts';

/**
 * The extension in whose place an outside number was called (forward, follow-me, a colleague's mobile). Told by, from
 * the surest: the list of mobiles; the Local channel made for it; the follow-me it was dialled from; who redirected;
 * what the transferer or caller dialled; whose phone rang in vain before; where the DID leads; the name that FreePBX gave the recording.
 *
 * @returns the mobile's own number if nothing tells
 */
export function forwardingExtension(
  leg: Leg,
  mobile: string,
  handedTo: string | undefined,
  thread: Thread,
  context: Context,
): string {
  const { pbx, roster, dialling } = context;
  const listed = extensionOfMobile(mobile, pbx.mobiles);
  if (listed !== undefined) return listed;
  const chain = dialling.chainOf(leg);
  const app = [leg, ...chain].map((one) => dialling.appOf(one));
  const redirecting = [leg, ...chain].map((one) => one.rdnis?.value);
  const did = dialledExten(thread.root);
  const target = Object.hasOwn(pbx.dids, did) ? pbx.dids[did] : undefined;
  const candidates = [
    ...chain.map((one) => numberInLocal(localEndpoint(one))),
    ...app.map(followMeOf),
    ...redirecting,
    handedTo,
    did,
    onlyLocalNumber(thread, context),
    onlyRungBefore(leg, thread, context),
    target?.kind === 'extension' ? target.name : undefined,
    recordingPrefix(context, 'exten'),
  ];
  return candidates.find((text) => text !== undefined && roster.isInside(text)) ?? mobile;
}

function localEndpoint(leg: Leg): string {
  const { technology, endpoint } = readChannelName(leg.channel);
  return technology === 'Local' ? endpoint : '';
}

/** Whose follow-me dialled: the extension that runs it, if it calls no other one beside the outside numbers. */
function followMeOf(app: AppSeen | undefined): string | undefined {
  if (!app) return undefined;
  const called = readDestinations(app.arguments).map(({ technology, endpoint }) =>
    technology === 'Local' ? numberInLocal(endpoint) : endpoint,
  );
  const others = called.filter((number) => number !== app.exten && /^\d{2,6}$/.test(number));
  return others.length === 0 ? app.exten : undefined;
}

/** A forward on busy or no answer: the one phone that was called before and did not answer. */
function onlyRungBefore(leg: Leg, { legs }: Thread, { roster }: Context): string | undefined {
  const inVain = legs.filter(
    (one) =>
      roster.kindOf(one.channel) === 'extension' &&
      !isInitiator(one) &&
      one.answered === null &&
      one.ended !== null &&
      one.ended.rowId < leg.firstRowId,
  );
  const extensions = new Set(inVain.map((one) => roster.extensionOf(one.channel)));
  return extensions.size === 1 ? [...extensions][0] : undefined;
}

/** Where no row tells who dialled: the one extension that the call's Local channels are named after. */
function onlyLocalNumber({ legs }: Thread, { roster }: Context): string | undefined {
  const numbers = new Set(legs.map((leg) => numberInLocal(localEndpoint(leg))).filter((n) => roster.isInside(n)));
  return numbers.size === 1 ? [...numbers][0] : undefined;
}
