/** What the templates of `freepbx/` are filled with, beside Asterisk's own places. */
export interface Office {
  sipPort: number;
  trunkHost: string;
  trunkPort: number;
  extensions: readonly Extension[];
  limits: Limits;
  amiUser: string;
  amiSecret: string;
  /** Where CEL and CDR are written. */
  databaseHost: string;
  databasePort: number;
  database: string;
  databaseUser: string;
  databasePassword: string;
}

export interface Limits {
  ringSeconds: number;
  /** Of the extension whose voice mail answers then. */
  mailboxRingSeconds: number;
  queueSeconds: number;
  /** To choose in the menu. */
  ivrSeconds: number;
  /** A client is let ring. */
  trunkSeconds: number;
}

export interface Extension {
  number: string;
  name: string;
  password: string;
  /** Whether voice mail answers when nobody does. */
  hasMailbox: boolean;
}

/** The provider has an address of its own, by which the PBX knows its calls. */
export const trunkHost = '127.0.0.2';

/** As an office has them. */
export const usualLimits: Limits = {
  ringSeconds: 20,
  mailboxRingSeconds: 8,
  queueSeconds: 60,
  ivrSeconds: 5,
  trunkSeconds: 45,
};

/** Numbers called from outside, and where they lead in `freepbx/extensions.conf`. */
export const dids = {
  /** Extension 101, without voice mail. */
  direct: '74951230001',
  /** Rings 101, 102 and 103 at once. */
  group: '74951230002',
  /** 101 and 102, all at once. */
  queue: '74951230003',
  /** 1: the group; 2: 102; 3: the queue; an extension; nothing: the group. */
  ivr: '74951230004',
  /** Extension 102. */
  second: '74951230007',
  /** Extension 104, with voice mail. */
  mailbox: '74951230008',
} as const;

/** What the PBX shows outside. */
export const outboundCallerId = '74951230000';

/** 101 to 104. @param passwordOf an extension */
export function extensionsOf(passwordOf: (number: string) => string): Extension[] {
  return ['101', '102', '103', '104'].map((number) => ({
    ...{ number, name: `Agent ${number}`, password: passwordOf(number) },
    hasMailbox: number === '104',
  }));
}
