import {
  labelsOf,
  type RecordedTrace,
  recordedScenarios,
  recordedText,
  withoutCallingApps,
  withoutHint,
} from '../../../tests/recorded/recorded-trace.ts';
import { differencesFromTruth } from '../../../tests/recorded/truth-difference.ts';

/** The recorded calls as another PBX would have written them: nothing may hang on a name, a number or a time. */
interface Pbx {
  extensions: Record<string, string>;
  trunks: Record<string, string>;
  contexts: Record<string, string>;
  /** By how much everything happens later. */
  laterSeconds: number;
  idsAhead: number;
}

const old = ['101', '102', '103', '104', '105', '106', '400', '401', '402', '600', '601', '602'];
const renamed = (number: (index: number) => string) => Object.fromEntries(old.map((name, i) => [name, number(i)]));

const pbxs: [string, Pbx][] = [
  [
    'extensions of 2 digits',
    {
      extensions: renamed((i) => String(20 + i)),
      trunks: { 'trunk-main': 'rt', mango: 'sip-out-2', mtt: 'x', 'sipnet-msk': 'y-1-2' },
      contexts: {},
      laterSeconds: 90_000,
      idsAhead: 7,
    },
  ],
  [
    'extensions of 6 digits, trunks named by their login',
    {
      extensions: renamed((i) => String(730_100 + i * 11)),
      trunks: { 'trunk-main': '74951112233', mango: '38004', mtt: '0038004', 'sipnet-msk': '99' },
      contexts: {},
      laterSeconds: 31_536_000,
      idsAhead: 900_000_000,
    },
  ],
  [
    'a dialplan of its own',
    {
      extensions: renamed((i) => String(2001 + i)),
      trunks: { 'trunk-main': 'provider_a', mango: 'provider_b', mtt: 'gsm-gate', 'sipnet-msk': 'z' },
      contexts: {
        'from-pstn': 'vhod',
        'from-internal': 'ofis',
        'macro-dial-one': 'zvonok',
        'macro-dialout-trunk': 'naruzhu',
        'macro-exten-vm': 'dobavochny',
        'macro-outisbusy': 'zanyato',
        'macro-vm': 'pochta',
        'macro-dial': 'gruppa',
        'sub-record-check': 'zapis',
        'ext-group': 'gruppy',
        'ext-queues': 'ocheredi',
        'ext-findmefollow': 'za-mnoy',
        'from-queue': 'iz-ocheredi',
        'ivr-1': 'menyu',
      },
      laterSeconds: 3_600 * 24 * 200,
      idsAhead: 1,
    },
  ],
];

function writtenBy(pbx: Pbx, scenario: string): RecordedTrace {
  let text = recordedText(scenario);
  for (const [from, to] of [...Object.entries(pbx.trunks), ...Object.entries(pbx.contexts)]) {
    text = text.replaceAll(new RegExp(`(?<=[/"@,. ])${from}(?=[-"@,.;_/&])`, 'g'), to);
  }
  text = text.replace(/(?<![\d.])\d{3}(?![\d.])/g, (number) => pbx.extensions[number] ?? number);
  text = text.replace(/\b1795\d{6}(?=\.\d)/g, (epoch) => String(Number(epoch) + pbx.laterSeconds));
  return later(JSON.parse(text) as RecordedTrace, pbx);
}

function later(recorded: RecordedTrace, { laterSeconds, idsAhead }: Pbx): RecordedTrace {
  const wall = (time: unknown) =>
    new Date(Date.parse(`${String(time).replace(' ', 'T')}Z`) + laterSeconds * 1000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
  return {
    ...recorded,
    started_at: new Date(Date.parse(recorded.started_at) + laterSeconds * 1000).toISOString(),
    cel: recorded.cel.map((row) => ({ ...row, id: Number(row.id) + idsAhead, eventtime: wall(row.eventtime) })),
  };
}

describe.each(pbxs)('on a PBX with %s', (_, pbx) => {
  it.each(recordedScenarios)('%s', (scenario) => {
    const recorded = writtenBy(pbx, scenario);
    const startedAtMs = Date.parse(recorded.started_at);
    const { calls } = recorded.truth;
    expect(differencesFromTruth(labelsOf(recorded), calls, startedAtMs)).toEqual([]);
    expect(differencesFromTruth(labelsOf(withoutHint(recorded)), calls, startedAtMs)).toEqual([]);
    const bare = withoutHint(withoutCallingApps(recorded));
    expect(differencesFromTruth(labelsOf(bare), calls, startedAtMs)).toEqual([]);
  });
});

it('without a description and with contexts of its own, what only names tell is told as a guess', () => {
  const [, pbx] = pbxs[2] as [string, Pbx];
  const [call] = labelsOf(withoutHint(writtenBy(pbx, 'internal-answered')));
  expect(call?.doubts).toEqual([expect.stringMatching(/2001 is a phone, 2002 is a phone/)]);
});
