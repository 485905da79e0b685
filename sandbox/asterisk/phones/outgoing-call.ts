import { type Core, Inviter, type URI, type UserAgent } from 'sip.js';
import { PhoneCall } from './phone-call.ts';

/** Who is calling, where it is not the phone's own name. */
export interface CallerId {
  number: string;
  name?: string;
}

/** A call that is made at a phone. */
export class OutgoingCall extends PhoneCall {
  /** The other side rings. */
  readonly rings: Promise<void>;
  readonly #inviter: Inviter;

  constructor(userAgent: UserAgent, target: URI, caller?: CallerId) {
    const params = caller && {
      fromUri: `sip:${caller.number}@127.0.0.1`,
      ...(caller.name !== undefined && { fromDisplayName: caller.name }),
    };
    const inviter = new Inviter(userAgent, target, params && { params });
    super(inviter);
    this.#inviter = inviter;
    this.rings = this.whileItLasts((resolve) => this.#invite(resolve));
  }

  #invite(rings: () => void): void {
    const requestDelegate = {
      onProgress: () => rings(),
      onAccept: () => rings(),
      onReject: ({ message }: Core.IncomingResponse) => {
        this.refusedWith = message.statusCode;
      },
    };
    void this.#inviter.invite({ requestDelegate });
  }

  protected override async giveUp(): Promise<void> {
    await this.#inviter.cancel();
  }
}
