import type { CallingSettings } from '../../../../proto/calling/settings.ts';
import { faultsIn } from './faults.ts';

const ofMain = (main: object) => ({ pbxs: { main } }) as CallingSettings;

it.each<[string, CallingSettings, string, string, string]>([
  ['a channel', ofMain({ channel: 'Local/101' }), 'pbxs/main/channel', 'As PJSIP', 'Так: PJSIP'],
  ['a context', ofMain({ context: 'a b' }), 'pbxs/main/context', 'of the dialplan', 'из диалплана'],
  ['a prefix', { employees: { '101': { prefix: 'x' } } }, 'employees/101/prefix', 'Digits', 'Только цифры'],
  ['a caller id', ofMain({ callerId: 'we' }), 'pbxs/main/callerId', 'A whole number', 'Номер целиком'],
  ['a variable', ofMain({ callerIdVariable: '1' }), 'pbxs/main/callerIdVariable', 'of a variable', 'Имя переменной'],
  ['a beginning', ofMain({ refusedPrefixes: ['7', '8x'] }), 'pbxs/main/refusedPrefixes', '7809', '7809'],
  [
    'a phone that rings too long',
    ofMain({ ringSeconds: 500 }),
    'pbxs/main/ringSeconds',
    'At most 120',
    'Не больше 120',
  ],
  [
    'a phone that can not answer by itself',
    ofMain({ channel: 'Local/{extension}@a', autoAnswer: 'call-info' }),
    ...(['pbxs/main/autoAnswer', 'can answer by itself', 'Сам ответить'] as const),
  ],
])('%s is told at its field, in both languages', (_, calling, place, english, russian) => {
  expect(faultsIn(calling, [], 'en')).toEqual({ [place]: expect.stringContaining(english) });
  expect(faultsIn(calling, [], 'ru')).toEqual({ [place]: expect.stringContaining(russian) });
});

it('a row without anybody is told, and one that stands twice', () => {
  const rows = ['101', '', '101'].map((extension) => ({ extension }));
  expect(faultsIn(null, rows, 'en')).toEqual({
    'rows/1': 'Choose an employee, or remove the row.',
    'rows/2': 'This employee stands above already.',
  });
});

it('nothing is told of what is right', () => {
  const calling = { ...ofMain({ prefix: '9', countries: ['RU'] }), employees: { '101': { isOff: true } } };
  expect(faultsIn(calling, [{ extension: '101' }], 'en')).toEqual({});
});
