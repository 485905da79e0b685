import { faultsOfMobiles, mobilesOf, withMobiles } from './mobiles.ts';

const mapping = { '1': ['101', '111'], '2': ['102'], '3': [] };
const pbxs = {
  main: {
    country: 'RU',
    mobiles: { '79160000001': '111', '79160000002': '102', '7916777*': '*', '79169999999': '199' },
  },
};

it("a mobile phone is its user's, by any of their extensions; blocks and strangers are nobody's", () => {
  expect(mobilesOf(pbxs, mapping)).toEqual({ '1': ['79160000001'], '2': ['79160000002'] });
});

it('a number that is added counts on every PBX as the first extension, one that is taken away on none', () => {
  const before = mobilesOf(pbxs, mapping);
  const wanted = { '1': ['79160000001', '79160000003'], '2': [] };
  expect(withMobiles(pbxs, ['main', 'branch'], mapping, before, wanted)).toEqual({
    main: {
      country: 'RU',
      mobiles: { '79160000001': '111', '79160000003': '101', '7916777*': '*', '79169999999': '199' },
    },
    branch: { mobiles: { '79160000003': '101' } },
  });
  expect(withMobiles(pbxs, ['main'], mapping, before, before)).toBeUndefined();
});

it('says what can not be', () => {
  expect(faultsOfMobiles({ '1': ['79160000001', 'abc'], '2': ['79160000001'], '3': ['79160000005'] }, mapping)).toEqual(
    {
      unreadableMobiles: ['abc'],
      sharedMobiles: ['79160000001'],
      withoutExtension: ['3'],
    },
  );
});
