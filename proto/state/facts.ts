import type { AmiTrouble } from '../ami.ts';
import type { BackfillCounts, BackfillState } from '../backfill.ts';
import type { Calendar } from '../calendar.ts';
import type { Standing } from '../licence/standing.ts';
import type { LicensingFailure } from '../licence/wire.ts';

/** What the connector says of a PBX that it reads. */
export interface Reading {
  /** When it has last said anything, ms UTC. */
  toldAtMs: number;
  /** When the table was last read; null: not since this connector began. */
  lookedAtMs: number | null;
  /** When the newest row came, as far as is known. */
  lastRowAtMs: number | null;
  /** All rows that were written before are delivered. Absent in what an earlier version said, and before the first look. */
  coveredUntilMs?: number;
  /** Why it can't be read now. `database`: that of the PBX; `other`: ours. */
  trouble: { of: 'database' | 'other'; code: string; sinceMs: number } | null;
  /** How AMI stands; null: nobody has said where it is. Absent in what an earlier version said, as what follows. */
  ami?: AmiStanding | null;
  /** By so much the clock of the PBX is ahead of ours, as AMI has last said; it may be less than nothing. */
  amiClockAheadMs?: number;
  /** AMI has shown calls since then of which no row was written; null: rows come. */
  celMissingSinceMs?: number | null;
  /** By so much the clock of the PBX is behind ours; null: by less than a day. */
  clockBehindMs?: number | null;
}

/** How the connection to AMI of a PBX stands, and since when; `connecting`: it is tried for the first time. */
export type AmiStanding =
  | { state: 'connecting' | 'up'; sinceMs: number }
  | ({ state: 'down'; sinceMs: number } & AmiTrouble);

/** What the journal holds of the calls of one PBX. */
export interface CallCounts {
  /** A person has to look at: amoCRM has refused them, or it is uncertain whether they stand there. */
  needAttention: number;
  /** Over, and being registered for more than five minutes; those of the past, which a backfill tells of, are left out. */
  waiting: number;
  /** Since when the oldest of these waits, ms UTC. */
  waitingSinceMs: number | null;
  /** That began today, in the zone of the PBX. */
  today: number;
  registeredLastDay: number;
  /** When the newest one began, ms UTC. */
  lastStartedAtMs: number | null;
}

/** How calls of the past are brought. */
export interface BackfillFacts {
  id: number;
  state: BackfillState;
  /** How much of the PBX's rows is read, 0 to 1. */
  share: number;
  counts: BackfillCounts;
  /** When it has last read or brought anything, or was noted to wait. */
  movedAtMs: number;
  endedAtMs: number | null;
}

export interface PbxFacts {
  id: string;
  /** IANA name. */
  timezone: string;
  /** undefined: nobody has ever said that they read it, or Redis is away. */
  reading: Reading | undefined;
  /** undefined: not observed; null: without an end. */
  observedUntilMs: number | null | undefined;
  calls: CallCounts;
  /** The newest; absent: there was none. */
  backfill?: BackfillFacts;
  /** Extensions that took part in calls of late and belong to nobody in amoCRM. */
  unmapped: string[];
}

/** Somebody has wanted more new ones of a kind than the brake lets pass. */
export interface BrakeHit {
  kind: string;
  did: string;
  atMs: number;
}

/** What one of Temporal's task queues holds that no worker has taken yet. */
export interface QueueFacts {
  /** `calls`: the actors themselves; `activities`: what they do but for amoCRM; `amocrm`; `cards`. */
  queue: string;
  /** About so many tasks. */
  waiting: number;
  oldestWaitsMs: number;
}

export interface TemporalFacts {
  lastPollAtMs: number | null;
  queues?: QueueFacts[];
}

/** By which amoCRM lets us in. */
export interface TokenFacts {
  /** When it was given; null: it does not say. */
  issuedAtMs: number | null;
  expiresAtMs: number;
  /** We get a new one before it ends; else a person has to. */
  renewsItself: boolean;
}

/** What our MySQL and, for the pause, Redis say of an account. */
export interface KeptFacts {
  amocrm: {
    state: 'pending' | 'connected' | 'reconnect-needed' | 'disconnected';
    reason: string;
    hasShownCard: boolean;
    /** Absent if there is none, or it can't be read. */
    token?: TokenFacts;
  };
  pbxs: PbxFacts[];
  /** How many extensions belong to somebody in amoCRM; null: nobody knows yet. */
  employees: number | null;
  hasRules: boolean;
  /** When a PBX that is silent for so many minutes of working hours is a trouble; undefined: nobody has asked for that. */
  silence: { office: Calendar; minutes: number } | undefined;
}

/** How the licence of the installation stands. */
export interface LicenceFacts extends Pick<Standing, 'state' | 'reason' | 'untilMs'> {
  /** By a clock that never goes back. */
  nowMs: number;
  /** This machine's clock is behind that by so much; 0: it is not. */
  clockBehindMs: number;
  isTrial: boolean;
  /** A copy of this machine runs too, as the licensing server has noticed. */
  isTwin: boolean;
  seats: { count: number; used: number };
  /** PBXs of all accounts that are more than the licence has. */
  pbxsBeyond: string[];
  /** Why the licensing server did not answer as it should, and since when; null: it did, or is not asked. */
  unreached: { failure: LicensingFailure; sinceMs: number | null } | null;
  /** When that server wanted to be asked again. */
  askedForAtMs: number | null;
}

/** Why our MySQL did not say how an account stands; `failed`: it answered, and what it said could not be used. */
export type StoreTrouble = 'away' | 'slow' | 'failed';

/** Everything that is known of how an account stands, before anybody judges it. Times are ms UTC. */
export interface AccountFacts {
  atMs: number;
  /** undefined: see `storeTrouble`. */
  kept: KeptFacts | undefined;
  storeTrouble?: StoreTrouble;
  /** undefined: it could not be read. */
  licence: LicenceFacts | undefined;
  /** undefined: Redis is away. */
  shared:
    | {
        pause: { code: string; reason: string; untilMs: number } | undefined;
        brakeHits: BrakeHit[];
        /** Of the requests to amoCRM that may go within a second so many have gone just now. */
        budget?: { used: number; most: number };
      }
    | undefined;
  /** undefined: Temporal is away; `lastPollAtMs` null: no worker has ever asked it for work. */
  temporal: TemporalFacts | undefined;
}
