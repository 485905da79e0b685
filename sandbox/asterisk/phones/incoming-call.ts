import type { Invitation } from 'sip.js';
import { PhoneCall } from './phone-call.ts';

/** A call that comes to a phone, with what its INVITE said. */
export class IncomingCall extends PhoneCall {
  readonly arrivedAtMs = Date.now();
  /** What the display shows. */
  readonly from: { name: string; number: string };
  readonly dialled: string;
  readonly #invitation: Invitation;

  constructor(invitation: Invitation) {
    super(invitation);
    this.#invitation = invitation;
    const { displayName, uri } = invitation.remoteIdentity;
    this.from = { name: displayName, number: uri.user ?? '' };
    this.dialled = invitation.localIdentity.uri.user ?? '';
  }

  /** Values of a header of the INVITE, e.g. `Alert-Info`; none if it wasn't there. */
  header(name: string): string[] {
    return this.#invitation.request.getHeaders(name);
  }

  /** Tells the caller that it rings. */
  async ring(): Promise<void> {
    await this.#invitation.progress({ statusCode: 180 });
  }

  /** @returns once both sides can speak */
  async answer(): Promise<void> {
    await this.#invitation.accept();
    await this.answered;
  }

  /** Refuses it. @param statusCode e.g. 486 busy here, 603 declined, 404 not found */
  async reject(statusCode = 486): Promise<void> {
    this.isEndedByUs = true;
    this.refusedWith = statusCode;
    await this.#invitation.reject({ statusCode });
    await this.ended;
  }

  protected override giveUp(): Promise<void> {
    return this.reject(480);
  }
}
