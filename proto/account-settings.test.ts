import { type AccountSettings, faultsOfSettings } from './account-settings.ts';
import type { Rewriting } from './pbx.ts';

const settings: AccountSettings = {
  ...{ language: 'en', employees: null, pbxs: {}, rules: [], calendars: [], numberLists: [] },
};

it('settings without faults have none', () => {
  expect(faultsOfSettings(settings)).toEqual([]);
});

describe('a PBX that is only observed', () => {
  const faultsOf = (until: unknown) => faultsOfSettings({ ...settings, observedPbxs: { main: { until } } });

  it.each(['2026-12-01T06:00:00Z', '2026-12-01T06:00Z', null])('may be so until %s', (until) => {
    expect(faultsOf(until)).toEqual([]);
  });

  it.each(['2026-12-01', '2026-12-01T09:00:00+03:00', '2026-02-30T06:00:00Z', '1 December', ''])(
    'may not be so until %p, and hears how a time is written',
    (until) => {
      expect(faultsOf(until)).toEqual([
        expect.stringMatching(/^\/observedPbxs\/main\/until: .*such as 2026-12-01T06:00:00Z/),
      ]);
    },
  );

  it('has to say until when', () => {
    expect(faultsOf(undefined)).not.toEqual([]);
  });
});

describe('a decision hook', () => {
  const hooks = [{ id: 'crm', name: 'Our CRM', url: 'https://crm.example/decide', timeoutMs: 1_000 }];
  const faultsOf = (decisionHook: unknown) => faultsOfSettings({ ...settings, hooks, decisionHook });

  it('names one of the hooks, and what to do if it fails', () => {
    expect(faultsOf({ hook: 'crm', ifItFails: 'go-on' })).toEqual([]);
    expect(faultsOf({ hook: 'crm', ifItFails: 'leave-out' })).toEqual([]);
    expect(faultsOf({ hook: 'crm' })).not.toEqual([]);
    expect(faultsOf({ hook: 'crm', ifItFails: 'ask' })).not.toEqual([]);
  });

  it('that does not exist is refused with what to do', () => {
    expect(faultsOf({ hook: 'erp', ifItFails: 'go-on' })).toEqual([
      '/decisionHook/hook: there is no hook erp; add it to hooks',
    ]);
  });
});

describe('rewriting of numbers', () => {
  const faultsOf = (...rewriting: Rewriting[]) => faultsOfSettings({ ...settings, pbxs: { main: { rewriting } } });

  it('may strip, put before and replace', () => {
    expect(faultsOf({ begins: '99', becomes: '' }, { begins: '', digits: 7, becomes: '7495' })).toEqual([]);
  });

  it.each<[string, Rewriting, RegExp]>([
    ['fits every number', { begins: '', becomes: '7' }, /^\/pbxs\/main\/rewriting\/0: fits every number/],
    ['changes nothing', { begins: '7', becomes: '7' }, /changes nothing/],
    ['can fit no number', { begins: '7495', digits: 3, becomes: '' }, /no number of 3 digits/],
    ['holds anything but digits', { begins: '^7.*', becomes: '' }, /\/pbxs\/main\/rewriting\/0\/begins/],
    ['has a misspelt key', { begins: '7', becomes: '', length: 4 } as Rewriting, /\/pbxs\/main/],
  ])('that %s is refused', (_, rule, fault) => {
    expect(faultsOf(rule)).toContainEqual(expect.stringMatching(fault));
  });
});
