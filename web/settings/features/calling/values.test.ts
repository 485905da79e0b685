import type { CallingSettings } from '../../../../proto/calling/settings.ts';
import { callingOf, valuesOf } from './values.ts';

const whole: CallingSettings = {
  mostPerMinute: 5,
  pbxs: {
    main: { channel: 'SIP/{extension}', dialAs: 'plus', countries: ['RU', 'KZ'], refusedPrefixes: ['7809'] },
    closed: { countries: [] },
    gone: { prefix: '9' },
  },
  employees: { '101': { prefix: '9', ringSeconds: 20, pbx: 'main' }, '105': { isOff: true } },
};

it('what nobody touches in the form stays, also of a PBX that it does not show', () => {
  expect(callingOf(valuesOf({ calling: whole }, ['main', 'closed', 'new']), whole)).toEqual(whole);
});

it('nothing is written where everything is as usual', () => {
  expect(callingOf(valuesOf({}, ['main']))).toBeNull();
  expect(valuesOf({ widgetCards: false }, []).hasWidgetCards).toBe(false);
  expect(valuesOf({}, [])).toMatchObject({ hasWidgetCards: true, isOn: true });
});

it('what is emptied is as usual again, and no country at all stays none', () => {
  const values = valuesOf({ calling: whole }, ['main', 'closed', 'gone']);
  const main = { ...values.pbxs.main, channel: ' ', dialAs: '' as const, countries: [], refusedPrefixes: [] } as never;
  const emptied = { ...values, mostPerMinute: '', employees: [], pbxs: { ...values.pbxs, main } };
  expect(callingOf(emptied, whole)).toEqual({ pbxs: { closed: { countries: [] }, gone: { prefix: '9' } } });
});

it('numbers are taken as people write them', () => {
  const values = valuesOf({}, ['main']);
  const main = { ...values.pbxs.main, callerId: '+7 (495) 123-45-67', refusedPrefixes: ['+7 809'] } as never;
  expect(callingOf({ ...values, isOn: false, pbxs: { main } })).toEqual({
    isOff: true,
    pbxs: { main: { callerId: '+74951234567', refusedPrefixes: ['7809'] } },
  });
});
