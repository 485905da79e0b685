import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { AccountSettings } from '../../proto/account-settings.ts';
import type { Wording } from '../../proto/alerts/message.ts';
import { type AlertDestination, type AlertSettings, alertKindOf } from '../../proto/alerts/settings.ts';
import type { AccountFacts } from '../../proto/state/facts.ts';
import { type Finding, findingKey } from '../../proto/state/finding.ts';
import { judge, unjudged } from '../../proto/state/judge.ts';
import type { AccountFactsReader } from '../store/account-facts.ts';
import type { SettingsStore } from '../store/settings.ts';

export interface LookRequest {
  accountId: string;
  /** What the last look has seen, as it said; empty: there was none. */
  seen: string;
  /** When something is to be told though nothing changes, ms UTC; null: never. */
  dueAtMs: number | null;
  lookEveryMs: number;
}

export interface AlertLook {
  seen: string;
  atMs: number;
  findings: Finding[];
  /** A part was away: what is not found may be there all the same. */
  isPartial: boolean;
  /** See `unjudged`; missing in looks of earlier versions, as whose decisions are replayed. */
  unjudged?: string[];
  rules: Pick<AlertSettings, 'about' | 'afterMinutes' | 'pausedMinutes' | 'remindAfterHours'>;
  destinations: AlertDestination[];
  wording: Wording;
}

export interface LookTools {
  facts: AccountFactsReader;
  settings: SettingsStore;
  publicUrl: string;
  /** Of an account for which nothing was ever set. */
  language: AccountSettings['language'];
}

const nobodyIsTold = { about: [], afterMinutes: 0, pausedMinutes: 1, remindAfterHours: 24, destinations: [] };

/**
 * Looks how an account stands and says so only if it is news: else it fails and is tried again in a minute, which leaves
 * no trace in the history of the workflow.
 */
export function createLook({ facts, settings, publicUrl, language }: LookTools) {
  /** Whoever is to be told that our MySQL is away was read before. */
  const remembered = new Map<string, { version: number; settings: AccountSettings } | undefined>();
  const settingsOf = async (accountId: string) => {
    try {
      remembered.set(accountId, await settings.latest(accountId));
    } catch (error) {
      if (!remembered.has(accountId)) throw error;
    }
    return remembered.get(accountId);
  };

  return async ({ accountId, seen, dueAtMs, lookEveryMs }: LookRequest): Promise<AlertLook> => {
    const set = await settingsOf(accountId);
    const alerts = set?.settings.alerts;
    const { destinations, ...rules } = alerts && alerts.destinations.length > 0 ? alerts : nobodyIsTold;
    const known = destinations.length > 0 ? await facts(accountId) : undefined;
    const all = known ? judge(known) : [];
    const findings = all.filter(({ code }) => rules.about.some((kind) => kind === alertKindOf[code]));
    const hidden = known ? unjudged(known, all) : [];
    const isPartial = known !== undefined && !(known.kept && known.shared && known.temporal);
    const atMs = known?.atMs ?? Date.now();
    const now = [set?.version ?? 0, isPartial, ...findings.map(seenAs).sort(), ...hidden.sort()].join(' ');
    if (now === seen && (dueAtMs === null || atMs < dueAtMs)) throw nothingNew(lookEveryMs);
    const { about, afterMinutes, pausedMinutes, remindAfterHours } = rules;
    return {
      ...{ seen: now, atMs, findings, isPartial, unjudged: hidden, destinations: [...destinations] },
      rules: { about: [...about], afterMinutes, pausedMinutes, remindAfterHours },
      wording: {
        ...{ accountId, language: set?.settings.language ?? language, timeZone: zoneOf(known) },
        link: `${publicUrl}/accounts/${encodeURIComponent(accountId)}/start`,
      },
    };
  };
}

/** One of which there are more is news. */
const seenAs = (finding: Finding) => `${findingKey(finding)} ${finding.values.count ?? ''}`;

function nothingNew(nextRetryDelay: number): ApplicationFailure {
  return ApplicationFailure.create({
    ...{ type: 'NothingNew', message: 'All is as it was at the last look; looking again.', nextRetryDelay },
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** Where people are: that of the office, else of this machine. */
function zoneOf(facts: AccountFacts | undefined): string {
  return facts?.kept?.silence?.office.timezone ?? facts?.kept?.pbxs[0]?.timezone ?? 'UTC';
}
