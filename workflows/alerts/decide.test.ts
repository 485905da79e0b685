import fc from 'fast-check';
import { wordAlert } from '../../proto/alerts/message.ts';
import { AlertKind } from '../../proto/alerts/settings.ts';
import { type Finding, findingKey } from '../../proto/state/finding.ts';
import { type AlertMemory, decide, type Look, noMemory } from './decide.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const at = Date.UTC(2026, 10, 23, 9);

const away = (about: string): Finding => ({
  ...{ level: 'error', code: 'pbx-database-away', about },
  values: { code: 'ECONNREFUSED', sinceMs: String(at) },
});
const office = away('office');
const paused: Finding = { level: 'error', code: 'amocrm-paused', about: '', values: { untilMs: String(at) } };
const quiet: Pick<Look, 'isPartial' | 'about' | 'afterMs' | 'pausedMs' | 'remindAfterMs'> = {
  ...{ isPartial: false, about: [...AlertKind.enum], afterMs: 2 * minuteMs, pausedMs: 10 * minuteMs },
  remindAfterMs: 24 * hourMs,
};

/** What is told when it is looked at these minutes, one after the other. */
function tell(looks: [minute: number, findings: Finding[], changes?: Partial<Look>][]) {
  let memory: AlertMemory = noMemory;
  return looks.map(([minute, findings, changes]) => {
    const decision = decide(memory, { ...quiet, findings, atMs: at + minute * minuteMs, ...changes });
    memory = decision.memory;
    const { message } = decision;
    const told = (list: Finding[]) => list.map(findingKey).join();
    return message && [told(message.news), told(message.still), told(message.over)].join('|');
  });
}

const key = findingKey(office);

it('trouble is told when it has held for a while, and once; so is its end', () => {
  const looks = tell([
    [0, [office]],
    [1, [office]],
    [2, [office]],
    [3, [office]],
    [60, []],
    [61, []],
    [62, []],
    [63, []],
  ]);
  expect(looks).toEqual([null, null, `${key}||`, null, null, null, `||${key}`, null]);
});

it('what comes and goes is not told, neither as trouble nor as right again', () => {
  expect(
    tell([
      [0, [office]],
      [1, []],
      [2, [office]],
      [3, []],
      [9, []],
    ]),
  ).toEqual([null, null, null, null, null]);
  const flapping = tell([
    [0, [office]],
    [2, [office]],
    [3, []],
    [4, [office]],
    [5, []],
    [6, [office]],
    [30, [office]],
  ]);
  expect(flapping).toEqual([null, `${key}||`, null, null, null, null, null]);
});

it('what still holds is told again after hours', () => {
  const looks = tell([
    [0, [office]],
    [2, [office]],
    [2 + 23 * 60, [office]],
    [2 + 24 * 60, [office]],
  ]);
  expect(looks).toEqual([null, `${key}||`, null, `|${key}|`]);
});

it('a pause of amoCRM has to last longer', () => {
  const looks = tell([
    [0, [paused]],
    [9, [paused]],
    [10, [paused]],
  ]);
  expect(looks).toEqual([null, null, `${findingKey(paused)}||`]);
});

it('many troubles are one message', () => {
  const many = ['a', 'b', 'c'].map(away);
  expect(
    tell([
      [0, many],
      [2, many],
    ]),
  ).toEqual([null, `${many.map(findingKey).join()}||`]);
});

it('what nobody wants to hear of is not told, and if nobody wants any more it is not called right again', () => {
  expect(
    tell([
      [0, [office], { about: [] }],
      [5, [office], { about: [] }],
    ]),
  ).toEqual([null, null]);
  const looks = tell([
    [0, [office]],
    [2, [office]],
    [3, [office], { about: ['brake-hit'] }],
    [9, [], { about: ['brake-hit'] }],
  ]);
  expect(looks).toEqual([null, `${key}||`, null, null]);
});

it('while a part is away nothing is called right again that may not be', () => {
  const looks = tell([
    [0, [office]],
    [2, [office]],
    [3, [], { isPartial: true }],
    [9, [], { isPartial: true }],
    [10, [office]],
  ]);
  expect(looks).toEqual([null, `${key}||`, null, null, null]);
});

it('what can not be judged for now is neither right again nor told again, however long that lasts', () => {
  const hidden = { unjudged: [key] };
  const looks = tell([
    [0, [office]],
    [2, [office]],
    [3, [], hidden],
    [9, [], hidden],
    [3 * 24 * 60, [], hidden],
    [3 * 24 * 60 + 1, [office]],
  ]);
  expect(looks).toEqual([null, `${key}||`, null, null, null, `|${key}|`]);
});

const calls = (count: number): Finding => ({
  ...{ level: 'warning', code: 'needs-attention', about: '', values: { count: String(count) } },
});
const inNeed = findingKey(calls(1));
const now: Partial<Look> = { unjudged: [] };

it('that more calls need somebody is news, at most every quarter of an hour', () => {
  const looks = tell([
    [0, [calls(1)], now],
    [2, [calls(1)], now],
    [3, [calls(2)], now],
    [16, [calls(40)], now],
    [17, [calls(40)], now],
    [60, [calls(40)], now],
    [61, [calls(3)], now],
    [62, [calls(4)], now],
  ]);
  const news = `${inNeed}||`;
  expect(looks).toEqual([null, news, null, null, news, null, null, news]);
  const looksOfBefore = tell([
    [0, [calls(1)]],
    [2, [calls(1)]],
    [60, [calls(40)]],
  ]);
  expect(looksOfBefore).toEqual([null, news, null]);
});

it('a limit that holds for another number is news', () => {
  const held = (did: string): Finding => ({ ...{ level: 'warning', code: 'brake-hit', about: did }, values: { did } });
  const [first, second] = [held('74951230001'), held('74951230002')];
  const looks = tell([
    [0, [first]],
    [2, [first]],
    [3, [first, second]],
    [5, [first, second]],
  ]);
  expect(looks).toEqual([null, `${findingKey(first)}||`, null, `${findingKey(second)}||`]);
});

const step = fc.record({
  minutes: fc.integer({ min: 1, max: 120 }),
  present: fc.subarray([office, away('branch'), away('shop'), paused]),
  isPartial: fc.boolean(),
});
const rules = fc.record({
  afterMs: fc.integer({ min: 0, max: 60 }).map((minutes) => minutes * minuteMs),
  pausedMs: fc.integer({ min: 1, max: 60 }).map((minutes) => minutes * minuteMs),
  remindAfterMs: fc.integer({ min: 1, max: 24 }).map((hours) => hours * hourMs),
});

it('whatever happens: in turn told and right again, few messages an hour, and always something later to wait for', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), rules, (steps, timing) => {
      let [memory, atMs]: [AlertMemory, number] = [noMemory, at];
      const told = new Set<string>();
      const messagesAt: number[] = [];
      for (const { minutes, present, isPartial } of steps) {
        atMs += minutes * minuteMs;
        const decision = decide(memory, { ...quiet, ...timing, atMs, findings: present, isPartial });
        memory = JSON.parse(JSON.stringify(decision.memory)); // as it travels
        expect(decision.nextAtMs === null || decision.nextAtMs > atMs).toBe(true);
        expect(decision.nextAtMs === null).toBe(memory.troubles.length === 0);
        if (!decision.message) continue;
        messagesAt.push(atMs);
        const { news, still, over } = decision.message;
        for (const finding of news) expect(told.has(findingKey(finding))).toBe(false);
        for (const finding of [...still, ...over]) expect(told.has(findingKey(finding))).toBe(true);
        for (const finding of news) told.add(findingKey(finding));
        for (const finding of over) told.delete(findingKey(finding));
        expect(news.length + still.length + over.length).toBeGreaterThan(0);
        for (const finding of news) expect(present.map(findingKey)).toContain(findingKey(finding));
      }
      for (const one of messagesAt) {
        const withinHour = messagesAt.filter((other) => other >= one && other < one + hourMs);
        expect(withinHour.length).toBeLessThanOrEqual(6);
      }
    }),
  );
});

it.each(['ru', 'en'] as const)(
  'a message says in %s what is wrong, what to do, what is right again and where to look',
  (language) => {
    const wording = {
      accountId: 'acme.amocrm.ru',
      language,
      timeZone: 'Europe/Moscow',
      link: 'https://ringflow.example/x',
    };
    const { subject, text } = wordAlert({ news: [office], still: [paused], over: [away('shop')] }, wording);
    expect(subject).toContain('office');
    expect(subject).toContain('(+2)');
    for (const part of ['office', 'shop', 'acme.amocrm.ru', wording.link, 'Europe/Moscow'])
      expect(text).toContain(part);
    expect(text.indexOf('office')).toBeLessThan(text.indexOf('shop'));
  },
);

it.each([
  ['ru', 'Ringflow: База АТС office снова доступна'],
  ['en', 'Ringflow: The database of the PBX office is there again'],
] as const)('of what is over alone the subject says in %s how it is now', (language, expected) => {
  const wording = {
    accountId: 'acme.amocrm.ru',
    language,
    timeZone: 'Europe/Moscow',
    link: 'https://ringflow.example/x',
  };
  const { subject, text } = wordAlert({ news: [], still: [], over: [office] }, wording);
  expect(subject).toBe(expected);
  expect(text).not.toMatch(/недоступна|is away/);
});
