import { phoneKey } from '../../proto/phone.ts';
import { demoClients } from '../amocrm/crm/seed.ts';
import { chooseCall } from './automatic-choice.ts';
import { readRecordings } from './recording.ts';

/** Mixed numbers from 0 up to 1, the same at every run. */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('calls that come by themselves', () => {
  const recordings = readRecordings();
  const random = numbersOf(1);
  const chosen = Array.from({ length: 2000 }, () => chooseCall(recordings, random));
  const truths = chosen.flatMap((call) => call?.recording.truth.calls ?? []);

  it('are of every everyday kind', () => {
    const kinds = new Set(truths.map(({ direction, result }) => `${direction} ${result}`));
    const everyday = ['inbound answered', 'inbound missed', 'inbound busy', 'outbound answered', 'outbound no_answer'];
    expect([...kinds]).toEqual(expect.arrayContaining([...everyday, 'outbound busy', 'outbound cancelled']));
    const scenarios = new Set(chosen.map((call) => call?.recording.scenario));
    expect([...scenarios]).toEqual(expect.arrayContaining(['rg-second-answers', 'rg-nobody', 'anonymous-missed']));
  });

  it('are one call each, beside the consultation that a transfer may need', () => {
    for (const call of chosen) {
      expect(call?.recording.truth.calls.filter(({ consultation }) => !consultation)).toHaveLength(1);
    }
  });

  it('come from clients of the stand-in and from strangers', () => {
    const known = new Set(demoClients.flatMap(({ phones = [] }) => phones.map(phoneKey)));
    const numbers = new Set(chosen.map((call) => call?.clientNumber ?? ''));
    for (const number of numbers) expect(number).toMatch(/^\d{10}$/);
    const acquaintances = [...numbers].filter((number) => known.has(number));
    expect(acquaintances.sort()).toEqual([...known].sort());
    expect(numbers.size).toBeGreaterThan(known.size + 100);
  });

  it('do not come where none was recorded', () => {
    expect(chooseCall(new Map(), random)).toBeUndefined();
  });
});
