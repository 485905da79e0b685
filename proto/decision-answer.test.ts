import fc from 'fast-check';
import { readDecisionAnswer } from './decision-answer.ts';

it.each<[string, unknown]>([
  ['nothing', {}],
  ['a veto', { veto: 'Spam' }],
  ['changes', { decision: { contact: null, lead: { name: 'VIP' }, changes: { client: { tags: ['vip'] } } } }],
  ['no changes', { decision: {} }],
])('%s is an answer', (_, value) => {
  expect(readDecisionAnswer(value)).toEqual({ answer: value });
});

it.each<[string, unknown, RegExp]>([
  ['no object', 'ok', /^\//],
  ['nothing at all', null, /^\//],
  ['a list', [], /^\//],
  ['an unknown key', { vetto: 'Spam' }, /^\/vetto: is not known here.*spelling$/],
  ['an empty veto', { veto: '' }, /^\/veto/],
  ['both', { veto: 'Spam', decision: {} }, /either a veto or a decision/],
  [
    'another phone',
    { decision: { registration: { phone: '1' } } },
    /^\/decision\/registration\/phone: is not known here/,
  ],
  ['another unique id', { decision: { registration: { uniq: 'x' } } }, /additional name/],
  ['another time', { decision: { registration: { startedAtSeconds: 1 } } }, /additional name/],
  [
    'a user in words',
    { decision: { registration: { responsible: 'Anna' } } },
    /^\/decision\/registration\/responsible/,
  ],
  ['too many words', { decision: { registration: { callResult: 'x'.repeat(1_001) } } }, /callResult/],
  ['a registration that is none', { decision: { registration: null } }, /^\/decision\/registration/],
  ['a task of another age', { decision: { task: { dueAtSeconds: 1_800_000_000_000 } } }, /^\/decision\/task/],
  ['a contact that is none', { decision: { contact: 5 } }, /^\/decision\/contact: must be object or null$/],
  ['a name that is none', { decision: { contact: { name: 5 } } }, /^\/decision\/contact\/name: must be string$/],
  ['an unknown key of a lead', { decision: { lead: { foo: 1 } } }, /^\/decision\/lead\/foo: is not known here.*$/],
  ['tags of a stranger', { decision: { changes: { company: { tags: [] } } } }, /additional name/],
  ['an inherited key', JSON.parse('{"decision":{"contact":{"__proto__":{"name":"x"}}}}'), /./],
])('%s is none, and why is told', (_, value, fault) => {
  const read = readDecisionAnswer(value);
  expect('faults' in read && read.faults.join('\n')).toMatch(fault);
});

it('whatever comes is read without failing, and no fault is long', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const read = readDecisionAnswer(value);
      if ('faults' in read) for (const fault of read.faults) expect(fault.length).toBeLessThanOrEqual(200);
      else expect(value).toEqual(read.answer);
    }),
    { examples: [[{ ['x'.repeat(10_000)]: { decision: {} } }]] },
  );
});
