import type { Call } from '../../proto/call.ts';
import type { CelRow } from '../../proto/cel.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import type { PbxDescription } from '../../proto/pbx.ts';
import { addRows, conclude, endOpenCalls, noFacts } from '../../workflows/call/interpret/index.ts';

interface Channel {
  name: string;
  uniqueid: string;
  linkedid: string;
  callerIdNum: string;
  exten: string;
  context: string;
  app: [string, string];
}

/** Writes CEL rows as Asterisk would, for calls that nobody recorded: `t` seconds after the beginning. */
export class PbxScript {
  readonly rows: CelRow[] = [];
  readonly startedAtMs: number;
  #nowMs: number;
  #serial = 0;
  readonly #channels = new Map<string, Channel>();

  constructor(startedAtMs: number = Date.UTC(2026, 10, 24, 9, 0, 0)) {
    this.startedAtMs = startedAtMs;
    this.#nowMs = startedAtMs;
  }

  at(seconds: number): this {
    this.#nowMs = this.startedAtMs + Math.round(seconds * 1000);
    return this;
  }

  /** A channel is made; `of` is the call's first channel, absent if this is it. */
  start(name: string, { of, exten = 's', context = 'from-internal', from = '' }: StartOptions = {}): this {
    const uniqueid = `${Math.floor(this.#nowMs / 1000)}.${++this.#serial}`;
    const linkedid = of === undefined ? uniqueid : this.#known(of).linkedid;
    this.#channels.set(name, { name, uniqueid, linkedid, callerIdNum: from, exten, context, app: ['', ''] });
    return this.row(name, 'CHAN_START');
  }

  /** Both halves of a Local channel. */
  local(name: string, of: string): this {
    const [exten = '', context = ''] = name
      .slice('Local/'.length)
      .replace(/-[^-]*$/, '')
      .split('@');
    return this.start(`${name};1`, { of, exten, context }).start(`${name};2`, { of, exten, context });
  }

  app(name: string, app: string, argumentText: string, exten = 's', context = 'macro-dial-one'): this {
    Object.assign(this.#known(name), { app: [app, argumentText], exten, context });
    return this.row(name, 'APP_START');
  }

  /** A called channel: Asterisk names how. */
  calledBy(name: string, app: string): this {
    this.#known(name).app = [app, '(Outgoing Line)'];
    return this;
  }

  answer(...names: string[]): this {
    for (const name of names) this.row(name, 'ANSWER');
    return this;
  }

  enter(bridge: string, ...names: string[]): this {
    for (const name of names) this.row(name, 'BRIDGE_ENTER', { bridge_id: bridge, bridge_technology: 'simple_bridge' });
    return this;
  }

  exit(bridge: string, ...names: string[]): this {
    for (const name of names) this.row(name, 'BRIDGE_EXIT', { bridge_id: bridge, bridge_technology: 'simple_bridge' });
    return this;
  }

  hangup(name: string, hangupcause = 16, hangupsource = '', dialstatus = ''): this {
    this.row(name, 'HANGUP', { hangupcause, hangupsource, dialstatus });
    return this.row(name, 'CHAN_END');
  }

  /** The linkedid of this channel's call ends. */
  over(name: string): this {
    return this.row(name, 'LINKEDID_END');
  }

  /** The channel goes over to the call of another. */
  moveTo(name: string, of: string): this {
    this.#known(name).linkedid = this.#known(of).linkedid;
    return this;
  }

  uniqueid(name: string): string {
    return this.#known(name).uniqueid;
  }

  row(name: string, eventType: string, extra: Record<string, unknown> = {}): this {
    const channel = this.#known(name);
    const isStart = eventType === 'CHAN_START';
    this.rows.push({
      id: this.rows.length + 1,
      eventType,
      eventAtMs: this.#nowMs,
      callerIdName: '',
      callerIdNum: channel.callerIdNum,
      callerIdAni: isStart ? '' : channel.callerIdNum,
      callerIdDnid: '',
      callerIdRdnis: '',
      exten: channel.exten,
      context: channel.context,
      channel: channel.name,
      appName: isStart ? '' : channel.app[0],
      appData: isStart ? '' : channel.app[1],
      uniqueid: channel.uniqueid,
      linkedid: channel.linkedid,
      peer: '',
      extra,
    });
    return this;
  }

  calls(pbx: PbxDescription = defaultPbx('main', 'UTC'), rows = this.rows): Call[] {
    const facts = noFacts(rows[0]?.linkedid ?? '');
    addRows(facts, rows);
    endOpenCalls(facts);
    return conclude(facts, pbx);
  }

  /** The only call that the rows amount to. */
  call(pbx?: PbxDescription, rows = this.rows): Call {
    const calls = this.calls(pbx, rows);
    if (calls.length !== 1) throw new Error(`${calls.length} calls`);
    return calls[0] as Call;
  }

  /** As FreePBX's own CEL settings write it. */
  rowsWithoutDial(): CelRow[] {
    return this.rows.filter((row) => !(row.eventType.startsWith('APP_') && row.appName === 'Dial'));
  }

  #known(name: string): Channel {
    const channel = this.#channels.get(name);
    if (!channel) throw new Error(`no channel ${name}`);
    return channel;
  }
}

interface StartOptions {
  of?: string;
  exten?: string;
  context?: string;
  from?: string;
}

export const trunk = 'PJSIP/beeline-00000001';
export const client = '79161234567';
/** The phone that is called first, its neighbour's, and the trunk's channel to a mobile. */
export const phone = 'PJSIP/101-00000002';
export const colleague = 'PJSIP/102-00000003';
export const mobile = 'PJSIP/beeline-00000004';

/** A client calls in and `called` answers after two seconds; both are in the bridge `first`. */
export function answeredInbound(called = phone): PbxScript {
  const extension = /\/(\d+)/.exec(called)?.[1] ?? '';
  return new PbxScript()
    .start(trunk, { exten: '74951230001', context: 'from-pstn', from: client })
    .app(trunk, 'Dial', `PJSIP/${extension},20`)
    .start(called, { of: trunk, from: extension })
    .calledBy(called, 'AppDial')
    .at(2)
    .answer(called, trunk)
    .enter('first', called, trunk);
}
