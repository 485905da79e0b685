import { lastDays, readPeriod } from './period.ts';

const justAfterMidnight = Date.UTC(2026, 10, 25, 21, 30); // in Moscow

it('today is that of the PBX', () => {
  expect(lastDays('Europe/Moscow', justAfterMidnight, 1)).toEqual({ from: '2026-11-26', to: '2026-11-26' });
  expect(lastDays('Europe/London', justAfterMidnight, 7)).toEqual({ from: '2026-11-19', to: '2026-11-25' });
});

it('takes what stands in the address, and else the last week', () => {
  const read = (search: string) => readPeriod(new URLSearchParams(search), 'UTC', justAfterMidnight);
  expect(read('pbx=main&from=2026-01-01&to=2026-01-31')).toEqual({ pbx: 'main', from: '2026-01-01', to: '2026-01-31' });
  expect(read('from=yesterday')).toEqual({ pbx: '', from: '2026-11-19', to: '2026-11-25' });
});
