import { setTimeout as sleep } from 'node:timers/promises';
import { type AmiAction, type AmiPeer, type AmiServer, listChannels, startAmiServer } from '../../rig/ami-server.ts';
import type { CallWriter } from './calls.ts';
import type { PlannedClick } from './plan.ts';

/** Manager interface of the campaign's PBX: what it is asked to call takes its course in CEL. */
export interface CampaignAmi {
  access: AmiServer['access'];
  /** Phones that it was asked to call, ten digits, in order; once for each time. */
  asked: readonly string[];
  /** Those of them to whose call the connection was cut in place of an answer. */
  unanswered: readonly string[];
  /** Cuts all connections and stays away so long. */
  cut(lastsMs: number): Promise<void>;
  /** Does so when it is next asked to call, before it answers. @param patienceMs after which it does so all the same */
  cutMidClick(lastsMs: number, patienceMs: number): Promise<void>;
  close(): Promise<void>;
}

const employeeAnswersMs = 1_000;

/** @param writer by whom the PBX writes @param planOf what it shall do when it is asked to call this phone */
export async function startCampaignAmi(
  writer: Pick<CallWriter, 'play'>,
  planOf: (phone: string) => PlannedClick,
): Promise<CampaignAmi> {
  const server = await startAmiServer();
  const asked: string[] = [];
  const unanswered: string[] = [];
  /** By the id of the first channel: their headers. */
  const channels = new Map<string, string>();
  let cutHere: (() => void) | undefined;

  const tellAll = (text: string) => {
    for (const peer of server.peers) peer.say(`${text}\n\n`);
  };
  const makeCall = async ({ ActionID, ChannelId = '', Channel = '' }: AmiAction, click: PlannedClick) => {
    const about = `Channel: ${Channel}-${ChannelId.slice(-8)}\nChannelStateDesc: Ringing\nUniqueid: ${ChannelId}\nLinkedid: ${ChannelId}`;
    channels.set(ChannelId, about);
    tellAll(`Event: Newchannel\n${about}`);
    const call = writer.play(click, ChannelId);
    const response = `Event: OriginateResponse\nActionID: ${ActionID}\nUniqueid: ${ChannelId}`;
    const isPickedUp = click.scenario !== 'ctc-manager-no-answer';
    await (isPickedUp ? sleep(employeeAnswersMs) : call);
    tellAll(isPickedUp ? `${response}\nResponse: Success\nReason: 4` : `${response}\nResponse: Failure\nReason: 3`);
    await call;
    channels.delete(ChannelId);
    tellAll(`Event: Hangup\n${about}\nCause: 16`);
  };
  const originate = (action: AmiAction, peer: AmiPeer) => {
    const phone = /(\d{10})\D*$/.exec(action.CallerID ?? '')?.[1] ?? '';
    asked.push(phone);
    const click = planOf(phone);
    const isCut = cutHere !== undefined;
    if (isCut) unanswered.push(phone);
    cutHere?.();
    if (isCut ? click.isMadeUnanswered : !click.isRefused) void makeCall(action, click);
    if (isCut) return;
    if (click.isRefused)
      peer.say(`Response: Error\nActionID: ${action.ActionID}\nMessage: Extension does not exist.\n\n`);
    else peer.answer(action, 'Message: Originate successfully queued');
  };
  Object.assign(server.on, {
    Originate: originate,
    CoreShowChannels: (action: AmiAction, peer: AmiPeer) => listChannels(action, peer, [...channels.values()]),
    Hangup: (action: AmiAction, peer: AmiPeer) => peer.answer(action, 'Message: Channel Hungup'),
  });

  const stayAway = async (lastsMs: number) => {
    server.leave();
    await sleep(lastsMs);
    server.comeBack();
  };
  return {
    ...{ access: server.access, asked, unanswered, cut: stayAway, close: () => server.close() },
    async cutMidClick(lastsMs, patienceMs) {
      const met = Promise.withResolvers<void>();
      cutHere = () => {
        cutHere = undefined;
        server.leave();
        met.resolve();
      };
      await Promise.race([met.promise, sleep(patienceMs)]);
      cutHere = undefined;
      await stayAway(lastsMs);
    },
  };
}
