import type { AmiMessage } from './message.ts';

/** A channel that Asterisk has now. */
export interface LiveChannel {
  uniqueid: string;
  linkedid: string;
  /** Such as `PJSIP/101-0000002a`. */
  name: string;
  /** In Asterisk's words: `Ring`, `Ringing`, `Up` and so on. */
  state: string;
}

/** The channels of one PBX: a list of them once after each connection, kept current by events. */
export class LiveChannels {
  readonly #channels = new Map<string, LiveChannel>();
  /** Those that ended while the list was on its way; undefined: it is there. */
  #ended: Set<string> | undefined = new Set();
  #isWhole = false;

  /** False until the list has come, and where AMI's user may not ask for it. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  all(): LiveChannel[] {
    return [...this.#channels.values()];
  }

  has(uniqueid: string): boolean {
    return this.#channels.has(uniqueid);
  }

  /** @param list of CoreShowChannels; undefined if it was refused */
  begin(list: readonly AmiMessage[] | undefined): void {
    for (const item of list ?? []) {
      const channel = channelOf(item);
      if (channel && !this.#ended?.has(channel.uniqueid)) this.#channels.set(channel.uniqueid, channel);
    }
    this.#isWhole = list !== undefined;
    this.#ended = undefined;
  }

  /** @returns the channel if it has just begun */
  hear(event: AmiMessage): LiveChannel | undefined {
    const { Event: kind, Uniqueid: uniqueid = '' } = event;
    if (kind === 'Newchannel') {
      const channel = channelOf(event);
      if (channel) this.#channels.set(uniqueid, channel);
      return channel;
    }
    if (kind === 'Hangup') {
      this.#channels.delete(uniqueid);
      this.#ended?.add(uniqueid);
    }
    const known = this.#channels.get(uniqueid);
    if (known) this.#channels.set(uniqueid, { ...known, ...toldBy(event), ...renamedBy(event) });
    return undefined;
  }
}

function channelOf(message: AmiMessage): LiveChannel | undefined {
  const { Uniqueid: uniqueid, Channel: name } = message;
  if (!uniqueid || !name) return undefined;
  return { uniqueid, name, linkedid: uniqueid, state: 'Unknown', ...toldBy(message) };
}

/** Most events of a channel say how it stands; some have less. */
function toldBy({ Linkedid: linkedid, ChannelStateDesc: state }: AmiMessage): Partial<LiveChannel> {
  return { ...(linkedid && { linkedid }), ...(state && { state }) };
}

function renamedBy({ Event, Newname: name }: AmiMessage): Partial<LiveChannel> {
  return Event === 'Rename' && name ? { name } : {};
}
