import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { BodyAndContentType, SessionDescriptionHandler } from 'sip.js';

const packetEveryMs = 20;
const samplesAPacket = 160;
const alaw = 8;
const rtpVersion = 0x80;

const headerBytes = 12;

/** Each call speaks with a voice of its own, a byte that is repeated, so that one can tell who hears whom. */
let voices = 0;
const nextVoice = (): number => voices++ % 0x50;

/** The sound of one call. Asterisk wants it: without sound it takes no keys. */
export class Media implements SessionDescriptionHandler {
  readonly voice = nextVoice();
  readonly #host: string;
  readonly #socket: Socket = createSocket('udp4');
  #isBound = false;
  #version = 0;
  #packets = 0;
  #timer: NodeJS.Timeout | undefined;
  #remotePort: number | undefined;
  #isHeld = false;
  /** Whether this side has put the other on hold. */
  onHold = false;

  /** @param host of this side */
  constructor(host: string) {
    this.#host = host;
  }

  /** Resolves with the next sound, of that voice if one is given. */
  hears(voice?: number): Promise<void> {
    return new Promise((resolve) => {
      const listen = (packet: Buffer) => {
        if (voice !== undefined && packet[headerBytes] !== voice) return;
        this.#socket.off('message', listen);
        resolve();
      };
      this.#socket.on('message', listen);
    });
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#isBound) this.#socket.close();
    this.#isBound = false;
  }

  async getDescription(): Promise<BodyAndContentType> {
    if (!this.#isBound) {
      this.#socket.bind(0, this.#host);
      await once(this.#socket, 'listening');
      this.#isBound = true;
    }
    this.#version += 1;
    const direction = this.onHold ? 'sendonly' : this.#isHeld ? 'recvonly' : 'sendrecv';
    const lines = [
      'v=0',
      `o=- 1 ${this.#version} IN IP4 ${this.#host}`,
      's=-',
      `c=IN IP4 ${this.#host}`,
      't=0 0',
      `m=audio ${this.#socket.address().port} RTP/AVP ${alaw}`,
      `a=rtpmap:${alaw} PCMA/8000`,
      `a=${direction}`,
    ];
    return { body: `${lines.join('\r\n')}\r\n`, contentType: 'application/sdp' };
  }

  hasDescription(contentType: string): boolean {
    return contentType === 'application/sdp';
  }

  async setDescription(sdp: string): Promise<void> {
    this.#isHeld = /^a=(sendonly|inactive)\s*$/m.test(sdp);
    this.#remotePort = Number(/^m=audio (\d+) /m.exec(sdp)?.[1]) || undefined;
    this.#timer ??= setInterval(() => this.#speak(), packetEveryMs);
  }

  /** Keys are told by INFO. */
  sendDtmf(): boolean {
    return false;
  }

  #speak(): void {
    if (!this.#isBound || this.#remotePort === undefined) return;
    const packet = Buffer.alloc(headerBytes + samplesAPacket, this.voice);
    packet.writeUInt8(rtpVersion, 0);
    packet.writeUInt8(alaw, 1);
    packet.writeUInt16BE(this.#packets & 0xffff, 2);
    packet.writeUInt32BE((this.#packets * samplesAPacket) >>> 0, 4);
    packet.writeUInt32BE(1, 8);
    this.#packets += 1;
    this.#socket.send(packet, this.#remotePort, '127.0.0.1');
  }
}
