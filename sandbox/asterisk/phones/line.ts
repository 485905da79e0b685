import { type Core, type Invitation, Registerer, URI, UserAgent } from 'sip.js';
import { IncomingCall } from './incoming-call.ts';
import { Media } from './media.ts';
import { type CallerId, OutgoingCall } from './outgoing-call.ts';
import { type UdpOptions, UdpTransport } from './udp-transport.ts';

export interface LineOptions extends UdpOptions {
  name: string;
  /** Of a phone that registers. */
  password?: string;
}

interface Waiting {
  fits: (call: IncomingCall) => boolean;
  take: (call: IncomingCall) => void;
}

/** One end of SIP beside a PBX: a phone, or the provider at the other end of its trunk. */
export class Line {
  readonly name: string;
  /** All calls that have come, in order. */
  readonly calls: IncomingCall[] = [];
  readonly #userAgent: UserAgent;
  readonly #registerer: Registerer | undefined;
  readonly #untaken: IncomingCall[] = [];
  readonly #waiting: Waiting[] = [];
  /** Sees to calls that nobody waits for; without it they ring until somebody asks for the next call. */
  onUnexpected: ((call: IncomingCall) => void) | undefined;
  #isClosed = false;

  constructor({ name, password, ...transportOptions }: LineOptions) {
    this.name = name;
    this.#userAgent = new UserAgent({
      uri: new URI('sip', name, '127.0.0.1'),
      contactName: name,
      contactParams: {},
      viaHost: transportOptions.host,
      forceRport: true,
      transportConstructor: UdpTransport,
      transportOptions,
      sessionDescriptionHandlerFactory: () => new Media(transportOptions.host),
      logBuiltinEnabled: false,
      noAnswerTimeout: 3600,
      ...(password !== undefined && { authorizationUsername: name, authorizationPassword: password }),
      delegate: { onInvite: (invitation) => this.#arrive(invitation) },
    });
    this.#registerer = password === undefined ? undefined : new Registerer(this.#userAgent, { expires: 600 });
  }

  /** The port on which it listens. */
  get port(): number {
    return (this.#userAgent.transport as UdpTransport).port;
  }

  async open(): Promise<void> {
    await this.#userAgent.start();
    this.#userAgent.contact.uri.port = this.port;
  }

  /** @throws if the PBX doesn't know it, or its password is wrong */
  async register(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const requestDelegate = {
        onAccept: () => resolve(),
        onReject: ({ message }: Core.IncomingResponse) =>
          reject(new Error(`${this.name} can't register: ${message.statusCode}`)),
      };
      void this.#registerer?.register({ requestDelegate });
    });
  }

  #arrive(invitation: Invitation): void {
    const call = new IncomingCall(invitation);
    this.calls.push(call);
    void call.ring();
    void call.ended.then(() => remove(this.#untaken, call));
    const waiting = this.#waiting.find(({ fits }) => fits(call));
    if (waiting) {
      remove(this.#waiting, waiting);
      waiting.take(call);
    } else if (this.onUnexpected) this.onUnexpected(call);
    else this.#untaken.push(call);
  }

  /** The next call that rings here and fits, each once; of those that ring already, the first. */
  nextCall(fits: (call: IncomingCall) => boolean = () => true): Promise<IncomingCall> {
    const call = this.#untaken.find(fits);
    if (!call) return new Promise((take) => this.#waiting.push({ fits, take }));
    remove(this.#untaken, call);
    return Promise.resolve(call);
  }

  /** @param caller by whom a provider says it is */
  call(number: string, caller?: CallerId): OutgoingCall {
    const target = new URI('sip', number, '127.0.0.1');
    return new OutgoingCall(this.#userAgent, target, caller);
  }

  /** As a phone that loses its power: calls are left as they are. May be called again. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    void this.#registerer?.unregister().catch(() => undefined); // else it would try to stay registered
    await this.#userAgent.stop();
  }
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}
