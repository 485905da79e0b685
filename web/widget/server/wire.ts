/** What Ringflow's server and the widget tell each other. */

export interface Ticket {
  /** Opens one stream of events, once. */
  ticket: string;
  extension: string | null;
}

/** Whether calls can be placed now. */
export interface Line {
  extension: string | null;
  state: 'up' | 'down' | 'unknown';
  /** For the person, in their language. */
  reason?: string;
}

export interface KnownClient {
  entityType: 'contacts' | 'companies';
  entityId: number;
  name: string;
  responsibleUserId: number | null;
  openLeadIds: number[];
}

/** A call of the person, as it stands now. */
export interface Call {
  id: string;
  /** null: not known yet. */
  direction: 'inbound' | 'outbound' | 'internal' | null;
  /** null: hidden, or not known yet. */
  number: string | null;
  /** Our number that was called. */
  did: string | null;
  doing: 'rings' | 'dials' | 'talks' | 'holds';
  /** Since when it does so, ms since the epoch. */
  sinceMs: number;
  /** null: nobody has this number; left out: not known yet. */
  client?: KnownClient | null;
}

export interface Gone {
  id: string;
  why: 'answered-elsewhere' | 'over' | 'handed-on';
}

export type ClickState = 'planning' | 'employee-rings' | 'client-rings' | 'talking' | 'ended' | 'failed';

/** What became of a click on a number. */
export interface Click {
  requestId: string;
  number: string;
  state: ClickState;
  /** For the person, in their language. */
  message?: string;
  whatToDo?: string;
}

/** Of the account in which the widget stands. */
export interface AccountState {
  isConnected: boolean;
  extension: string | null;
  settingsUrl: string;
}

/** Events of the stream by name. */
export interface Told {
  line: Line;
  call: Call;
  gone: Gone;
  click: Click;
}

const needed: Record<keyof Told, readonly string[]> = {
  line: ['state'],
  call: ['id', 'direction', 'number', 'did', 'doing', 'sinceMs'],
  gone: ['id', 'why'],
  click: ['requestId', 'number', 'state'],
};

/** @returns undefined if the text is not such an event */
export function readEvent<Name extends keyof Told>(name: Name, text: string): Told[Name] | undefined {
  try {
    const event = JSON.parse(text);
    return needed[name].every((member) => event[member] !== undefined) ? event : undefined;
  } catch {
    return undefined;
  }
}
