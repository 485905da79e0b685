import { faultsOfSettings } from '../../../proto/account-settings.ts';
import { untouchedSettings } from '../../../proto/untouched-settings.ts';
import { faultInWords, faultTexts, placedFault } from './fault-words.ts';

const week = [[], [], [], [], [], [], []];
const calendar = { id: 'office', name: 'Office', timezone: 'Europe/Moscow', week, days: {} };
const alerts = {
  ...{ destinations: [], about: ['pbx-silent'], afterMinutes: 0, pausedMinutes: 1, remindAfterHours: 24 },
};

it.each<[string, object, RegExp]>([
  ['a silent PBX without hours', { alerts }, /молчащей АТС/],
  ['no calendar', { alerts: { ...alerts, silence: { calendar: 'gone', minutes: 5 } } }, /«gone» больше нет/],
  ['a calendar twice', { calendars: [calendar, calendar] }, /«office».*дважды/],
  ['no time zone', { calendars: [{ ...calendar, timezone: 'Mars' }] }, /пояса Mars нет/],
  ['no such day', { calendars: [{ ...calendar, days: { '2026-02-30': [] } }] }, /дня нет/],
  [
    'hours that end first',
    { calendars: [{ ...calendar, days: { '2026-02-20': [{ from: '10:00', to: '09:00' }] } }] },
    /раньше начала/,
  ],
  [
    'an address that is none',
    { hooks: [{ id: 'a', name: 'A', url: 'http://[', timeoutMs: 2000 }] },
    /не адрес|Адрес без/,
  ],
  ['no hook', { decisionHook: { hook: 'gone', events: ['call-ended'] } }, /Не заполнено/],
  ['a phone as dialled', { numberLists: [{ id: 'a', name: 'A', numbers: ['89161234567'] }] }, /как набирают/],
  ['no limit', { mostNewPerHour: 0 }, /Не меньше 1/],
  ['routing to a word', { routing: { main: { enabled: true, deputies: { 1: 'x' } } } }, /Внутренний номер/],
  [
    'routing by hours that never come',
    {
      calendars: [calendar],
      routing: { main: { enabled: true, hours: { calendar: 'office', outside: 'default-route' } } },
    },
    /ни один звонок/,
  ],
  ['no moment', { observedPbxs: { main: { until: 'soon' } } }, /не время в UTC/],
  ['no extension', { employees: { x: 1 } }, /имени здесь не бывает/],
  ['a word for a number', { mostNewPerHour: 'many' }, /другого вида/],
])('what is wrong with settings is told in words of people: %s', (_, sections, expected) => {
  const faults = faultsOfSettings({ ...untouchedSettings('ru'), ...sections }).map(placedFault);
  const said = faults.map((fault) => (fault ? faultInWords(fault, faultTexts.ru) : ''));
  expect(said.join(' ')).toMatch(expected);
  for (const one of said) expect(one).toMatch(/[а-яё]/i);
  for (const one of said) expect(one).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/);
});
