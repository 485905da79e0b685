import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Converter } from '../activities/recordings/sound/convert.ts';
import type { BackfillFacts, PbxFacts } from '../proto/state/facts.ts';
import { type Finding, overallOf } from '../proto/state/finding.ts';
import type { AccountStanding, Standings, StandingsReader } from './status/standings.ts';

export type ApiMetrics = ReturnType<typeof createApiMetrics>;

/** What the API itself does, for Prometheus. */
export function createApiMetrics(registry: Registry) {
  const registers = [registry];
  const requestSeconds = new Histogram({
    name: 'ringflow_api_request_duration_seconds',
    help: 'Requests that were answered, by route and status: pages, webhooks, routing, recordings, the widget.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.05, 0.1, 0.15, 0.5, 1, 5],
    registers,
  });
  const conversions = new Counter({
    name: 'ringflow_recordings_made_total',
    help: 'Recordings that were made into mp3, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  return {
    /** @param route its pattern, never an address: addresses hold codes and keys */
    answered: (method: string, route: string, status: number, seconds: number): void =>
      requestSeconds.observe({ method, route, status }, seconds),

    /** The same, counted. */
    counted: (converter: Converter): Converter => ({
      async toMp3(sound, demuxer) {
        try {
          const mp3 = await converter.toMp3(sound, demuxer);
          conversions.inc({ outcome: 'made' });
          return mp3;
        } catch (error) {
          conversions.inc({ outcome: (error as { trouble?: string }).trouble ?? 'failed' });
          throw error;
        }
      },
    }),
  };
}

/** What is counted beside how everything stands. */
export interface Counts {
  sessions(): Promise<number>;
  cachedSoundBytes(): Promise<number>;
}

type Told = [labels: Record<string, string>, value: number];

/** How everything stands, as `/status` tells it, in numbers: read when Prometheus asks, at most every few seconds. */
export function measureStandings(registry: Registry, standings: StandingsReader, counts: Counts): void {
  const gauge = (name: string, help: string, labelNames: string[], tell: () => Promise<Told[]>): void => {
    new Gauge({
      ...{ name, help, labelNames, registers: [registry] },
      async collect() {
        const told = await tell().catch(() => []); // what can't be asked is left out
        this.reset();
        if (labelNames.length === 0) this.remove(); // else it would be 0 where nothing is known
        for (const [labels, value] of told) this.set(labels, value);
      },
    });
  };
  const ofAll = (name: string, help: string, labels: string[], tell: (all: Standings) => Told[]) =>
    gauge(name, help, labels, async () => tell(await standings()));
  const ofAccounts = (name: string, help: string, labels: string[], tell: (one: AccountStanding) => Told[]) =>
    ofAll(name, help, ['account', ...labels], ({ accounts }) =>
      accounts.flatMap((one) => tell(one).map(([own, value]): Told => [{ account: one.id, ...own }, value])),
    );
  const ofPbxs = (name: string, help: string, tell: (pbx: PbxFacts) => number | null | undefined) =>
    ofAccounts(name, help, ['pbx'], ({ facts }) =>
      (facts.kept?.pbxs ?? []).flatMap((pbx) => ifKnown({ pbx: pbx.id }, tell(pbx))),
    );

  measureFindings(ofAll);
  measureParts(ofAll);
  measureAmocrm(ofAccounts);
  ofPbxs(
    'ringflow_calls_waiting_for_a_person',
    'Calls that amoCRM has refused: a person has to look.',
    (pbx) => pbx.calls.needAttention,
  );
  ofPbxs('ringflow_pbx_told_timestamp_seconds', 'When a connector has last said that it reads the PBX.', (pbx) =>
    inSeconds(pbx.reading?.toldAtMs),
  );
  ofPbxs('ringflow_pbx_last_row_timestamp_seconds', 'When the newest CEL row of the PBX came.', (pbx) =>
    inSeconds(pbx.reading?.lastRowAtMs),
  );
  measureBackfills(ofAccounts);
  gauge('ringflow_sessions', 'People who are signed in, by browsers.', [], async () => [[{}, await counts.sessions()]]);
  gauge('ringflow_recordings_cache_bytes', 'Recordings that are kept as mp3.', [], async () => [
    [{}, await counts.cachedSoundBytes()],
  ]);
}

type Measure<Of> = (name: string, help: string, labels: string[], tell: (of: Of) => Told[]) => void;

const levels = { ok: 0, warning: 1, error: 2 } as const;

function measureFindings(ofAll: Measure<Standings>): void {
  const everybody = ({ findings, accounts }: Standings): [string, readonly Finding[]][] => [
    ['', findings],
    ...accounts.map(({ id, findings: own }): [string, readonly Finding[]] => [id, own]),
  ];
  ofAll(
    'ringflow_status',
    '0: all is well, 1: warning, 2: error; of each account, and of what all stand on (account="").',
    ['account'],
    (all) => everybody(all).map(([account, findings]) => [{ account }, levels[overallOf(findings)]]),
  );
  ofAll('ringflow_findings', 'What is not right, by code; 0 of none.', ['account', 'level', 'code'], (all) =>
    everybody(all).flatMap(([account, findings]) => {
      const counted = Map.groupBy(findings, ({ level, code }) => `${level} ${code}`);
      const found = [...counted].map(([key, those]): Told => {
        const [level = '', code = ''] = key.split(' ');
        return [{ account, level, code }, those.length];
      });
      return found.length > 0 ? found : [[{ account, level: 'none', code: 'none' }, 0] as Told];
    }),
  );
}

function measureParts(ofAll: Measure<Standings>): void {
  ofAll('ringflow_queue_waiting_tasks', 'About so many tasks wait in Temporal for a worker.', ['queue'], (all) =>
    (all.temporal?.queues ?? []).map(({ queue, waiting }) => [{ queue }, waiting]),
  );
  ofAll('ringflow_queue_oldest_wait_seconds', 'How long the oldest of them has waited.', ['queue'], (all) =>
    (all.temporal?.queues ?? []).map(({ queue, oldestWaitsMs }) => [{ queue }, oldestWaitsMs / 1_000]),
  );
  ofAll('ringflow_worker_asked_timestamp_seconds', 'When a worker has last asked Temporal for work.', [], (all) =>
    ifKnown({}, inSeconds(all.temporal?.lastPollAtMs)),
  );
  ofAll(
    'ringflow_licence_state',
    '1 of the state of the licence: trial, active, grace or restricted.',
    ['state'],
    (all) => (all.licence ? [[{ state: all.licence.state }, 1]] : []),
  );
  ofAll('ringflow_licence_end_timestamp_seconds', 'When trial, term or grace end.', [], (all) =>
    ifKnown({}, inSeconds(all.licence?.untilMs)),
  );
  ofAll('ringflow_licence_seats', 'Seats of the licence.', [], (all) => ifKnown({}, all.licence?.seats.count));
  ofAll('ringflow_licence_seats_used', 'Employees who want a seat.', [], (all) => ifKnown({}, all.licence?.seats.used));
}

function measureAmocrm(ofAccounts: Measure<AccountStanding>): void {
  ofAccounts('ringflow_amocrm_connected', '1: the account is connected; 0: it has to be.', [], ({ facts: { kept } }) =>
    ifKnown({}, kept && Number(kept.amocrm.state === 'connected')),
  );
  ofAccounts('ringflow_amocrm_token_expiry_timestamp_seconds', 'Until when the token is good.', [], ({ facts }) =>
    ifKnown({}, inSeconds(facts.kept?.amocrm.token?.expiresAtMs)),
  );
  ofAccounts(
    'ringflow_amocrm_token_issued_timestamp_seconds',
    'Since when amoCRM lets us in by the present token.',
    [],
    ({ facts }) => ifKnown({}, inSeconds(facts.kept?.amocrm.token?.issuedAtMs)),
  );
  ofAccounts(
    'ringflow_amocrm_budget_used_ratio',
    'Of the requests that may go within a second, those that have gone just now.',
    [],
    ({ facts: { shared } }) => ifKnown({}, shared?.budget && shared.budget.used / shared.budget.most),
  );
}

/** Of each PBX the newest. */
function measureBackfills(ofAccounts: Measure<AccountStanding>): void {
  const ofNewest = (name: string, help: string, labels: string[], tell: (newest: BackfillFacts) => Told[]) =>
    ofAccounts(name, help, ['pbx', ...labels], ({ facts }) =>
      (facts.kept?.pbxs ?? []).flatMap(({ id, backfill }) =>
        backfill ? tell(backfill).map(([own, value]): Told => [{ pbx: id, ...own }, value]) : [],
      ),
    );
  ofNewest('ringflow_backfill_state', '1 of the state of the newest backfill of a PBX.', ['state'], ({ state }) => [
    [{ state }, 1],
  ]);
  ofNewest('ringflow_backfill_read_ratio', 'How much of its period is read.', [], ({ share }) => [[{}, share]]);
  ofNewest(
    'ringflow_backfill_moved_timestamp_seconds',
    'While it runs: when it has last read or brought anything.',
    [],
    ({ state, movedAtMs }) => (state === 'running' ? [[{}, movedAtMs / 1_000]] : []),
  );
  ofNewest(
    'ringflow_backfill_calls',
    'Calls that were found so far, by what became of them: inHand are left to do, needsAttention and notTold have failed.',
    ['outcome'],
    ({ counts: { calls: _, ...counts } }) => Object.entries(counts).map(([outcome, count]) => [{ outcome }, count]),
  );
}

const inSeconds = (ms: number | null | undefined): number | undefined => (ms == null ? undefined : ms / 1_000);
const ifKnown = (labels: Record<string, string>, value: number | null | undefined): Told[] =>
  value == null ? [] : [[labels, value]];
