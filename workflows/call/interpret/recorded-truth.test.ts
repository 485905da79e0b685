import {
  labelsOf,
  type RecordedTrace,
  recordedScenarios,
  recordedTrace,
  withoutCallingApps,
  withoutHint,
} from '../../../tests/recorded/recorded-trace.ts';
import { differencesFromTruth } from '../../../tests/recorded/truth-difference.ts';

const withoutCdr = (recorded: RecordedTrace): RecordedTrace => ({ ...recorded, cdr: [] });

/** What can't be known of a recording, by scenario; every other field must be right. */
type NotKnown = Record<string, string[]>;

const waysToReadThem: [string, (recorded: RecordedTrace) => RecordedTrace, NotKnown][] = [
  ['as recorded', (recorded) => recorded, {}],
  ['without a description of the PBX', withoutHint, {}],
  ['without the rows of Dial, Park, Pickup and FollowMe', withoutCallingApps, {}],
  ['without these and without a description', (recorded) => withoutHint(withoutCallingApps(recorded)), {}],
  ['without CDR', withoutCdr, {}],
  ['without all of these', (recorded) => withoutCdr(withoutHint(withoutCallingApps(recorded))), {}],
];

describe.each(waysToReadThem)('the recorded calls, %s', (_, change, notKnown) => {
  it.each(recordedScenarios)('%s', (scenario) => {
    const recorded = recordedTrace(scenario);
    const concluded = labelsOf(change(recorded));
    const unknown = new Set(notKnown[scenario]);
    const differences = differencesFromTruth(concluded, recorded.truth.calls, Date.parse(recorded.started_at), unknown);
    expect(differences).toEqual([]);
  });
});

it('tells recorded calls without doubt when it knows the PBX', () => {
  const doubts = recordedScenarios.flatMap((scenario) =>
    labelsOf(recordedTrace(scenario)).flatMap((call) => (call.doubts ? [`${scenario}: ${call.doubts}`] : [])),
  );
  expect(doubts).toEqual([]);
});
