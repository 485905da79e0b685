import * as fc from 'fast-check';
import type { AmocrmUser } from '../../../../proto/catalogue.ts';
import { employeesOf, faultsOf, mappingOf } from './mapping.ts';

const user = (id: number, isActive = true): AmocrmUser => ({ id, name: `User ${id}`, phone: null, isActive });

describe('the mapping of employees', () => {
  it('comes back from the form as it went in', () => {
    const employees = fc.dictionary(fc.stringMatching(/^[1-9]\d{0,9}$/), fc.integer({ min: 1, max: 1_000_000 }));
    fc.assert(fc.property(employees, (before) => expect(employeesOf(mappingOf(before))).toEqual({ ...before })));
  });

  it('names an extension that two have, what is no extension, and who can get nothing', () => {
    const users = [user(1), user(2, false)];
    expect(faultsOf({ '1': ['101', '102'], '2': ['102'], '3': ['10x'], '4': [] }, users)).toEqual({
      ...{ shared: ['102'], unreadable: ['10x'], idle: ['2', '3'] },
    });
    expect(faultsOf({ '1': ['101'] }, users)).toEqual({ shared: [], unreadable: [], idle: [] });
  });
});
