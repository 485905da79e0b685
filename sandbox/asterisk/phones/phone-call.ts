import { type Core, type Session, SessionState, URI } from 'sip.js';
import type { Media } from './media.ts';

/** How a call came to its end, seen from one phone. */
export interface CallEnd {
  by: 'us' | 'them';
  /** Of the answer that refused it (486 busy, 603 declined, …); undefined if it was hung up, or given up. */
  refusedWith: number | undefined;
}

/** One call at one phone. Whatever waits for what never comes fails once the call has ended. */
export abstract class PhoneCall {
  /** Both sides have picked up. */
  readonly answered: Promise<void>;
  readonly ended: Promise<CallEnd>;
  protected readonly session: Session;
  protected isEndedByUs = false;
  protected refusedWith: number | undefined;

  constructor(session: Session) {
    this.session = session;
    session.delegate = {};
    this.ended = new Promise((resolve) => {
      session.stateChange.addListener((state) => {
        if (state !== SessionState.Terminated) return;
        // the library tells of a refusal only after the end
        queueMicrotask(() => resolve({ by: this.isEndedByUs ? 'us' : 'them', refusedWith: this.refusedWith }));
      });
    });
    this.answered = this.whileItLasts((resolve) =>
      session.stateChange.addListener((state) => state === SessionState.Established && resolve()),
    );
  }

  /** Ends it, whether anybody has answered or not. */
  async hangUp(): Promise<void> {
    this.isEndedByUs = true;
    if (this.session.state === SessionState.Established) await this.session.bye();
    else if (this.session.state !== SessionState.Terminated) await this.giveUp();
    await this.ended;
  }

  protected abstract giveUp(): Promise<void>;

  get #media(): Media {
    return this.session.sessionDescriptionHandler as Media;
  }

  /** Resolves once that call is heard here, as the PBX has joined the two; without one, when anything is. */
  hears(call?: PhoneCall): Promise<void> {
    const voice = call === undefined ? undefined : call.#media.voice;
    return this.whileItLasts((resolve) => void this.#media.hears(voice).then(resolve));
  }

  /** Puts the other side on hold; the PBX knows when it resolves. */
  hold(): Promise<void> {
    return this.#changeMedia(true);
  }

  resume(): Promise<void> {
    return this.#changeMedia(false);
  }

  #changeMedia(onHold: boolean): Promise<void> {
    this.#media.onHold = onHold;
    return this.whileItLasts((resolve, reject) => {
      const requestDelegate = {
        onAccept: () => resolve(),
        onReject: () => reject(new Error('The PBX takes no hold of this call')),
      };
      void this.session.invite({ requestDelegate });
    });
  }

  /** Presses keys, one after another: 0-9, * and #. */
  async press(keys: string): Promise<void> {
    for (const key of keys) await this.#pressOne(key);
  }

  #pressOne(key: string): Promise<void> {
    const body = {
      contentDisposition: 'render',
      contentType: 'application/dtmf-relay',
      content: `Signal=${key}\r\nDuration=100\r\n`,
    };
    return this.whileItLasts((resolve, reject) => {
      const requestDelegate = {
        onAccept: () => resolve(),
        onReject: () => reject(new Error(`The PBX takes no key ${key}`)),
      };
      void this.session.info({ requestDelegate, requestOptions: { body } });
    });
  }

  /** Blind: the other side goes on with whoever is dialled; this phone hangs up once the PBX has taken it. */
  transfer(number: string): Promise<void> {
    return this.#refer(new URI('sip', number, '127.0.0.1'));
  }

  /** After a consultation: the other sides of both calls of this phone go on together. */
  async transferTo(consultation: PhoneCall): Promise<void> {
    await this.#refer(consultation.session);
    await consultation.leave();
  }

  async #refer(to: URI | Session): Promise<void> {
    await this.whileItLasts((resolve, reject) => {
      const onReject = ({ message }: Core.IncomingResponse) =>
        reject(new Error(`No such transfer: ${message.statusCode}`));
      void this.session.refer(to, { requestDelegate: { onAccept: () => resolve(), onReject } });
    });
    await this.leave();
  }

  /** Out of a call that goes on without this phone: Asterisk leaves the BYE to the phone, unless it was faster. */
  protected async leave(): Promise<void> {
    this.isEndedByUs = true;
    if (this.session.state === SessionState.Established) await this.session.bye();
    await this.ended;
  }

  /** A promise that fails if the call ends first; nobody need wait for it. */
  protected whileItLasts(begin: (resolve: () => void, reject: (error: Error) => void) => void): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => {
      begin(resolve, reject);
      void this.ended.then(({ refusedWith }) =>
        reject(new Error(`The call has ended${refusedWith ? `, refused with ${refusedWith}` : ''}`)),
      );
    });
    promise.catch(() => undefined);
    return promise;
  }
}
