import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../../../proto/call.ts';
import { type CdrRow, readCdrRow } from '../../../proto/cdr.ts';
import { readCelRow } from '../../../proto/cel.ts';
import { defaultPbx } from '../../../proto/pbx.ts';
import { addRows, conclude, noFacts } from './index.ts';

/** Scenarios of plain calls: one caller, one destination or a ring group, no transfer. */
const plainScenarios = [
  'a16-in-direct-answered',
  'a16-rg-second-answers',
  'anonymous',
  'anonymous-missed',
  'in-busy',
  'in-busy-while-talking',
  'in-caller-cancel',
  'in-declined',
  'in-direct-answered',
  'in-direct-no-answer',
  'in-second-trunk',
  'internal-answered',
  'internal-missed',
  'missed-then-callback',
  'number-formats',
  'out-answered',
  'out-busy',
  'out-cancelled',
  'out-failover',
  'out-no-answer',
  'out-prefix',
  'out-rejected-404',
  'out-rejected-503',
  'rg-hunt-last',
  'rg-nobody',
  'rg-second-answers',
  'two-calls-same-number',
  'unknown-did',
];

interface Truth {
  direction: string;
  external_number: string | null;
  did: string | null;
  rang: string[];
  answered_by: string | null;
  last_talker: string | null;
  started_at: number;
  answered_at: number | null;
  ended_at: number;
  talk_seconds: number;
  wait_seconds: number;
  result: string;
  acceptable_results?: string[];
  hangup_by: string;
  recording: string | null;
  unscored?: string[];
}

interface Recording {
  started_at: string;
  pbx_timezone: string;
  cel: unknown[];
  cdr: unknown[];
  truth: { calls: Truth[] };
}

function readRecording(scenario: string): Recording {
  return JSON.parse(readFileSync(join(__dirname, '../../../sandbox/pbx/recorded-calls', `${scenario}.json`), 'utf8'));
}

function callsOf({ cel, cdr, pbx_timezone }: Recording): Call[] {
  const pbx = defaultPbx('main', pbx_timezone);
  const rows = cel.map((raw) => readCelRow(raw, pbx_timezone)).flatMap((r) => ('row' in r ? [r.row] : []));
  const cdrRows = cdr.map(readCdrRow).filter((row): row is CdrRow => row !== undefined);
  return [...Map.groupBy(rows, (row) => row.linkedid)].map(([linkedid, rowsOfCall]) => {
    const facts = noFacts(linkedid);
    addRows(facts, rowsOfCall);
    const call = conclude(
      facts,
      pbx,
      cdrRows.filter((row) => facts.legs[row.uniqueid]),
    );
    if (!call) throw new Error(`no call in ${linkedid}`);
    return call;
  });
}

/** The stock CEL layout has whole seconds. */
const toleranceSeconds = 1.05;

function expectNear(seconds: number | null, truth: number | null): void {
  if (truth === null || seconds === null) expect(seconds).toBe(truth);
  else expect(Math.abs(seconds - truth)).toBeLessThan(toleranceSeconds);
}

describe.each(plainScenarios)('%s', (scenario) => {
  const recording = readRecording(scenario);
  const calls = callsOf(recording);
  const sinceStart = (ms: number | null) => (ms === null ? null : (ms - Date.parse(recording.started_at)) / 1000);

  it('has the right calls', () => {
    expect(calls).toHaveLength(recording.truth.calls.length);
  });

  it.each(recording.truth.calls.map((truth, index) => [index + 1, truth] as const))(
    'call %i is told as it was',
    (number, truth) => {
      const call = calls[number - 1] as Call;
      expect(call).toMatchObject({
        direction: truth.direction,
        externalNumber: truth.external_number,
        did: truth.did,
        answeredBy: truth.answered_by,
        lastTalker: truth.last_talker,
        recordingFile: truth.recording,
        doubts: [],
      });
      expect(truth.acceptable_results ?? [truth.result]).toContain(call.result);
      const scoresHangup = truth.direction !== 'internal' && !truth.unscored?.includes('hangup_by');
      if (scoresHangup) expect(call.hangupBy).toBe(truth.hangup_by);
      if (truth.direction !== 'outbound') {
        expect(new Set(call.conversations.map((c) => c.extension))).toEqual(new Set(truth.rang));
      }
      expectNear(sinceStart(call.startedAtMs), truth.started_at);
      expectNear(sinceStart(call.answeredAtMs), truth.answered_at);
      expectNear(sinceStart(call.endedAtMs), truth.ended_at);
      expectNear(call.talkSeconds, truth.talk_seconds);
      expectNear(call.waitSeconds, truth.wait_seconds);
    },
  );
});
