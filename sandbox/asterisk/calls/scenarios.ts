import { setTimeout as sleep } from 'node:timers/promises';
import { dids } from '../office.ts';
import type { IncomingCall } from '../phones/incoming-call.ts';
import type { OfficeLines } from '../phones/office-lines.ts';
import type { OutgoingCall } from '../phones/outgoing-call.ts';

/** A call, played by phones and a client. */
export interface Scenario {
  description: string;
  play(office: Stage): Promise<void>;
}

/** What a scenario is played on, with one client. */
export class Stage {
  readonly #lines: OfficeLines;
  /** As the client's provider shows it, and as an employee dials it. */
  readonly client: string;
  readonly dialled: string;

  /** @param digits ten, of a Russian number */
  constructor(lines: OfficeLines, digits: string) {
    this.#lines = lines;
    this.client = `7${digits}`;
    this.dialled = `8${digits}`;
  }

  /** The client calls a number of the company. */
  calls(did: string, number = this.client): OutgoingCall {
    return this.#lines.trunk.call(did, { number });
  }

  /** An employee dials. */
  dials(extension: string, number = this.dialled): OutgoingCall {
    return this.#lines.phone(extension).call(number);
  }

  /** The employee's phone rings because of this caller. */
  rings(extension: string, caller = this.client): Promise<IncomingCall> {
    return this.#lines.phone(extension).nextCall(({ from }) => from.number === caller);
  }

  /** The client's phone rings. */
  ringsOutside(): Promise<IncomingCall> {
    return this.#lines.trunk.nextCall(({ dialled }) => dialled === this.dialled);
  }

  /** The client calls a number, and this employee answers after a while; others' phones may ring too. */
  async talk(did: string, extension: string, others: string[] = []): Promise<Talk> {
    const outside = this.calls(did);
    for (const other of others) void this.rings(other);
    return { outside, taken: await answered(this.rings(extension)) };
  }
}

interface Talk {
  outside: OutgoingCall;
  taken: IncomingCall;
}

const patienceMs = 3_000;
const talkMs = 8_000;

async function answered(ringing: Promise<IncomingCall>): Promise<IncomingCall> {
  const call = await ringing;
  await sleep(patienceMs);
  await call.answer();
  return call;
}

async function hangsUpAfterTalk(call: OutgoingCall | IncomingCall): Promise<void> {
  await sleep(talkMs);
  await call.hangUp();
}

/** Named as the recorded calls of `sandbox/pbx` are, where they are the same. */
export const scenarios: Record<string, Scenario> = {
  'in-direct-answered': {
    description: 'Inbound call to a direct number, employee answers, client hangs up',
    async play(stage) {
      const { outside } = await stage.talk(dids.direct, '101');
      await hangsUpAfterTalk(outside);
    },
  },
  'in-direct-no-answer': {
    description: 'Inbound call to a direct number, nobody answers, the PBX gives up',
    async play(stage) {
      const outside = stage.calls(dids.direct);
      await stage.rings('101');
      await outside.ended;
    },
  },
  'in-caller-cancel': {
    description: 'Inbound call, the client hangs up while the phone rings',
    async play(stage) {
      const outside = stage.calls(dids.direct);
      await stage.rings('101');
      await sleep(2 * patienceMs);
      await outside.hangUp();
    },
  },
  'in-declined': {
    description: 'Inbound, the employee declines on the phone (603)',
    async play(stage) {
      stage.calls(dids.direct);
      const ringing = await stage.rings('101');
      await sleep(patienceMs);
      await ringing.reject(603);
    },
  },
  anonymous: {
    description: 'Inbound with a hidden number (anonymous), answered',
    async play(stage) {
      const outside = stage.calls(dids.direct, 'anonymous');
      await answered(stage.rings('101', 'anonymous'));
      await hangsUpAfterTalk(outside);
    },
  },
  'rg-second-answers': {
    description: 'Ring group 600 (3 phones at once), the second answers, the others stop ringing',
    async play(stage) {
      const { taken } = await stage.talk(dids.group, '102', ['101', '103']);
      await hangsUpAfterTalk(taken);
    },
  },
  'queue-answered': {
    description: 'Queue 400 (members as Local/..@from-queue), agent 102 answers',
    async play(stage) {
      const { outside } = await stage.talk(dids.queue, '102', ['101']);
      await hangsUpAfterTalk(outside);
    },
  },
  'queue-abandoned': {
    description: 'Queue 400, the client hangs up while agents ring (the PBX had answered the call for the queue)',
    async play(stage) {
      const outside = stage.calls(dids.queue);
      await Promise.all([stage.rings('101'), stage.rings('102')]);
      await sleep(2 * patienceMs);
      await outside.hangUp();
    },
  },
  'ivr-to-group': {
    description: 'IVR option 1 -> ring group 600, 103 answers',
    async play(stage) {
      const outside = stage.calls(dids.ivr);
      await outside.answered;
      await sleep(patienceMs);
      for (const other of ['101', '102']) void stage.rings(other);
      const taken = answered(stage.rings('103'));
      await outside.press('1');
      await taken;
      await hangsUpAfterTalk(outside);
    },
  },
  'ivr-hangup': {
    description: 'IVR, the client hangs up in the menu; no phone ever rang',
    async play(stage) {
      const outside = stage.calls(dids.ivr);
      await outside.answered;
      await sleep(patienceMs);
      await outside.hangUp();
    },
  },
  voicemail: {
    description: 'Inbound to 104, nobody answers, the client leaves a voice message',
    async play(stage) {
      const outside = stage.calls(dids.mailbox);
      await stage.rings('104');
      await outside.answered;
      await hangsUpAfterTalk(outside);
    },
  },
  'out-answered': {
    description: 'Employee 101 calls a client, the client answers',
    async play(stage) {
      stage.dials('101');
      await hangsUpAfterTalk(await answered(stage.ringsOutside()));
    },
  },
  'out-busy': {
    description: 'Employee 101 calls a client, the client is busy (486)',
    async play(stage) {
      stage.dials('101');
      const ringing = await stage.ringsOutside();
      await ringing.reject(486);
    },
  },
  'out-cancelled': {
    description: 'Employee hangs up before the client answers',
    async play(stage) {
      const call = stage.dials('101');
      await stage.ringsOutside();
      await sleep(2 * patienceMs);
      await call.hangUp();
    },
  },
  'xfer-blind-answered': {
    description: 'Inbound, 101 answers and blind-transfers (SIP REFER) to 103, who answers',
    async play(stage) {
      const { outside, taken } = await stage.talk(dids.direct, '101');
      await sleep(patienceMs);
      const next = answered(stage.rings('103'));
      await taken.transfer('103');
      await next;
      await hangsUpAfterTalk(outside);
    },
  },
  'xfer-attended-phone': {
    description:
      'Inbound, 102 puts the client on hold, calls 103, then completes an attended transfer from the phone (REFER with Replaces)',
    async play(stage) {
      const { outside, taken } = await stage.talk(dids.second, '102');
      await sleep(patienceMs);
      await taken.hold();
      const consultation = stage.dials('102', '103');
      await answered(stage.rings('103', '102'));
      await sleep(patienceMs);
      await taken.transferTo(consultation);
      await hangsUpAfterTalk(outside);
    },
  },
  'xfer-attended-feature': {
    description: 'Inbound, 101 uses *2 (PBX feature) to call 102, hangs up to complete the transfer',
    async play(stage) {
      const { outside, taken } = await stage.talk(dids.direct, '101');
      await sleep(patienceMs);
      const next = answered(stage.rings('102', '101'));
      await taken.press('*2102#');
      await next;
      await sleep(patienceMs);
      await taken.hangUp();
      await hangsUpAfterTalk(outside);
    },
  },
  'internal-answered': {
    description: 'Employee 101 calls employee 102, who answers',
    async play(stage) {
      const call = stage.dials('101', '102');
      await answered(stage.rings('102', '101'));
      await hangsUpAfterTalk(call);
    },
  },
};
