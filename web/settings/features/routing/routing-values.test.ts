import type { PbxRouting } from '../../../../proto/routing/settings.ts';
import { isComplete, routingOf, withRouting } from './routing-values.ts';

it('one PBX is changed, others stay, and what is taken back is not there any more', () => {
  const before = { main: { enabled: true, whenBusy: 'ring' as const }, branch: { enabled: true } };
  expect(withRouting(before, 'main', { whenBusy: undefined, enabled: false })).toEqual({
    ...{ main: { enabled: false }, branch: { enabled: true } },
  });
  expect(withRouting({}, 'main', { dids: ['74951230001'] })).toEqual({
    main: { enabled: false, dids: ['74951230001'] },
  });
  expect(routingOf({}, 'constructor')).toEqual({ enabled: false });
});

it.each<[PbxRouting, boolean]>([
  [{ enabled: true }, true],
  [{ enabled: true, whenBusy: 'ring', whenAbsent: 'default-route' }, true],
  [{ enabled: true, whenBusy: { extension: '' } }, false],
  [{ enabled: true, whenAbsent: { extension: '10x' } }, false],
  [{ enabled: true, hours: { calendar: 'office', outside: { extension: '' } } }, false],
  [{ enabled: true, deputies: { '1': '' } }, false],
  [{ enabled: true, deputies: { '1': '102' }, whenBusy: { extension: '200' } }, true],
])('%j can be saved: %j', (routing, expected) => expect(isComplete(routing)).toBe(expected));
