import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { shownTo } from './shown.ts';

const settings = {
  ...untouchedSettings('en'),
  hooks: [{ id: 'crm', name: 'CRM', url: 'https://crm.example/calls?key=secret', timeoutMs: 1_000 }],
  alerts: {
    destinations: [{ id: 'own', name: 'Own', kind: 'webhook' as const, url: 'https://crm.example/alerts/secret' }],
  },
} as Parameters<typeof shownTo>[1];

it('shows the addresses of programs, with their keys, to administrators alone', () => {
  expect(JSON.stringify(shownTo('admin', settings))).toContain('secret');
  for (const role of ['viewer', 'head'] as const) {
    expect(JSON.stringify(shownTo(role, settings))).not.toContain('secret');
    expect(shownTo(role, settings)).toMatchObject({ hooks: [{ url: 'https://crm.example/…' }] });
  }
});
