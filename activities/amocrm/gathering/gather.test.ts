import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import type { Place } from '../budget.ts';
import { AmocrmError } from '../errors.ts';
import type { RequestLimiter } from '../limiter.ts';
import { gather, type Outcome } from './gather.ts';

/** A limiter whose places the test grants. */
function createGate() {
  const asking: { resolve(place: Place): void; reject(error: unknown): void; waitsMs(): readonly number[] }[] = [];
  let givenBack = 0;
  const limiter: RequestLimiter = {
    place: (_signal, waitsMs = () => []) => new Promise((resolve, reject) => asking.push({ resolve, reject, waitsMs })),
    pause: async (error) => error,
  };
  const place = ({ ageMs = 0, isKept = true } = {}): Place => ({
    grantedAtMs: performance.now() - ageMs,
    renew: async () => (isKept ? place() : undefined),
    answered: () => undefined,
    giveBack: () => givenBack++,
  });
  return {
    limiter,
    get asking() {
      return asking.length;
    },
    /** As the first that asks says it. */
    waitsMs: () => asking[0]?.waitsMs(),
    get givenBack() {
      return givenBack;
    },
    async grant(how?: Parameters<typeof place>[0]) {
      asking.shift()?.resolve(place(how));
      await settled();
    },
    async refuse(error: Error) {
      asking.shift()?.reject(error);
      await settled();
    },
  };
}

/** Everything that needs no event from outside has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const echo = async (items: readonly string[]): Promise<Outcome<string>[]> => items.map((item) => ({ answer: item }));
const failed = (code: 'ServerTrouble' | 'TooSlow' | 'ValidationFailed', hadNoEffect = false) =>
  new AmocrmError(code, code, { hadNoEffect });

function setUp(send = echo, most = 50, paceMs = 0) {
  const gate = createGate();
  const requests: string[][] = [];
  const join = gather<string, string>({
    limiter: gate.limiter,
    most,
    paceMs,
    send: (items) => {
      requests.push([...items]);
      return send(items);
    },
  });
  /** What became of the item: its answer or the code of its error. */
  const outcomeOf = (item: string, ticket: Partial<Parameters<typeof join>[1]> = {}) =>
    join(item, { key: item, ...ticket }).catch((error: AmocrmError) => error.code ?? String(error));
  return { gate, requests, outcomeOf };
}

describe('gathering', () => {
  it('tells how long each has waited that would go there, and of nobody else', () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const { gate, outcomeOf } = setUp(echo, 2);
      const stop = new AbortController();
      void outcomeOf('a', { signal: stop.signal });
      jest.advanceTimersByTime(300);
      void outcomeOf('b');
      jest.advanceTimersByTime(100);
      void outcomeOf('c'); // for the next request
      jest.advanceTimersByTime(50);
      expect(gate.waitsMs()).toEqual([450, 150]);
      stop.abort();
      expect(gate.waitsMs()).toEqual([150, 50]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('sends everything that came while the place was waited for in one request, each with its own answer', async () => {
    const { gate, requests, outcomeOf } = setUp();
    const outcomes = ['a', 'b', 'c'].map((item) => outcomeOf(item));
    await gate.grant();
    expect(await Promise.all(outcomes)).toEqual(['a', 'b', 'c']);
    expect(requests).toEqual([['a', 'b', 'c']]);
  });

  it('lets a request that has time wait for company, once one has just left', async () => {
    const { gate, requests, outcomeOf } = setUp(echo, 50, 50);
    const first = outcomeOf('a');
    await gate.grant();
    await first;
    const others = ['b', 'c'].map((item) => outcomeOf(item));
    await settled();
    expect(gate.asking).toBe(0);
    others.push(outcomeOf('d'));
    while (gate.asking === 0) await settled();
    await gate.grant();
    expect(await Promise.all(others)).toEqual(['b', 'c', 'd']);
    expect(requests).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('sends on behalf of the first that goes, whoever has asked for the place', async () => {
    const call = new AsyncLocalStorage<string>();
    const sentFor: (string | undefined)[] = [];
    const send = (items: readonly string[]) => {
      sentFor.push(call.getStore());
      return echo(items);
    };
    const { gate, outcomeOf } = setUp(send, 2);
    const gaveUp = new AbortController();
    const outcomes = ['a', 'b', 'c', 'd'].map((item) =>
      call.run(item, () => outcomeOf(item, item === 'a' ? { signal: gaveUp.signal } : {})),
    );
    gaveUp.abort();
    await gate.grant();
    await gate.grant();
    await Promise.all(outcomes);
    expect(sentFor).toEqual(['b', 'd']);
  });

  it('asks for no place when nobody waits', async () => {
    const { gate, outcomeOf } = setUp();
    const outcome = outcomeOf('a');
    await gate.grant();
    await outcome;
    await settled();
    expect(gate.asking).toBe(0);
  });

  it('leaves the rest to the next place when there are too many for one request', async () => {
    const { gate, requests, outcomeOf } = setUp(echo, 2);
    const outcomes = ['a', 'b', 'c', 'd', 'e'].map((item) => outcomeOf(item));
    for (let i = 0; i < 3; i++) await gate.grant();
    expect(await Promise.all(outcomes)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(requests).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('asks for a place for each when they go one by one, so that they wait side by side', () => {
    const { gate, outcomeOf } = setUp(echo, 1);
    for (const item of ['a', 'b', 'c']) void outcomeOf(item);
    expect(gate.asking).toBe(3);
  });

  it('never sends one key twice in a request', async () => {
    const { gate, requests, outcomeOf } = setUp();
    const outcomes = [outcomeOf('a'), outcomeOf('b'), outcomeOf('a')];
    await gate.grant();
    await gate.grant();
    await Promise.all(outcomes);
    expect(requests).toEqual([['a', 'b'], ['a']]);
  });

  it('leaves behind whoever has given up, and tells them that nothing was sent', async () => {
    const { gate, requests, outcomeOf } = setUp();
    const stop = new AbortController();
    const given = outcomeOf('a', { signal: stop.signal });
    const kept = outcomeOf('b');
    stop.abort();
    expect(await given).toBe('RateLimited');
    await gate.grant();
    expect(await kept).toBe('b');
    expect(requests).toEqual([['b']]);
  });

  it('gives the place back when everybody has given up', async () => {
    const { gate, requests, outcomeOf } = setUp();
    const given = outcomeOf('a', { signal: AbortSignal.timeout(1) });
    expect(await given).toBe('RateLimited');
    await gate.grant();
    expect([requests.length, gate.givenBack]).toEqual([0, 1]);
  });

  it('tells at once whoever gives up while the request is under way that its fate is unknown', async () => {
    const { gate, outcomeOf } = setUp(() => new Promise(() => undefined));
    const stop = new AbortController();
    const given = outcomeOf('a', { signal: stop.signal });
    await gate.grant();
    stop.abort();
    expect(await given).toBe('TooSlow');
  });

  it('leaves behind whom the ledger holds back, with that error', async () => {
    const { gate, requests, outcomeOf } = setUp();
    const held = outcomeOf('a', { nextRequest: () => Promise.reject(new Error('taken over')) });
    const kept = outcomeOf('b', { nextRequest: async () => undefined });
    await gate.grant();
    expect(await Promise.all([held, kept])).toEqual(['Error: taken over', 'b']);
    expect(requests).toEqual([['b']]);
  });

  it.each([
    ['renews a place that has become old', true],
    ['asks for another place when the first was lost meanwhile, and the ledger again', false],
  ])('%s', async (_, isKept) => {
    const { gate, requests, outcomeOf } = setUp();
    let confirmations = 0;
    const outcome = outcomeOf('a', { nextRequest: async () => void confirmations++ });
    await gate.grant({ ageMs: 500, isKept });
    expect(requests).toHaveLength(isKept ? 1 : 0);
    await gate.grant();
    expect(await outcome).toBe('a');
    expect(confirmations).toBe(isKept ? 1 : 2);
  });

  it('tells everybody that waits why there is no place, and goes on with those that come then', async () => {
    const { gate, outcomeOf } = setUp();
    const outcomes = [outcomeOf('a'), outcomeOf('b')];
    await gate.refuse(failed('ServerTrouble'));
    expect(await Promise.all(outcomes)).toEqual(['ServerTrouble', 'ServerTrouble']);
    const next = outcomeOf('a');
    await gate.grant();
    expect(await next).toBe('a');
  });
});

describe('a request of several that goes wrong', () => {
  it('fails for everybody in it', async () => {
    const { gate, outcomeOf } = setUp(() => Promise.reject(failed('ServerTrouble')));
    const outcomes = [outcomeOf('a'), outcomeOf('b')];
    await gate.grant();
    expect(await Promise.all(outcomes)).toEqual(['ServerTrouble', 'ServerTrouble']);
  });

  it('is followed by smaller ones if it took amoCRM too long', async () => {
    let isSlow = true;
    const { gate, requests, outcomeOf } = setUp((items) => (isSlow ? Promise.reject(failed('TooSlow')) : echo(items)));
    const items = ['a', 'b', 'c', 'd'];
    const slow = items.map((item) => outcomeOf(item));
    await gate.grant();
    expect(await Promise.all(slow)).toEqual(items.map(() => 'TooSlow'));
    isSlow = false;
    const again = items.map((item) => outcomeOf(item));
    await gate.grant();
    await gate.grant();
    expect(await Promise.all(again)).toEqual(items);
    expect(requests.slice(1)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('is cut in half until amoCRM takes it, if it was refused as a whole', async () => {
    const { gate, requests, outcomeOf } = setUp((items) =>
      items.includes('c') ? Promise.reject(failed('ValidationFailed', true)) : echo(items),
    );
    const outcomes = ['a', 'b', 'c', 'd'].map((item) => outcomeOf(item));
    while (gate.asking > 0) await gate.grant();
    expect(await Promise.all(outcomes)).toEqual(['a', 'b', 'ValidationFailed', 'd']);
    expect(requests[0]).toHaveLength(4);
    expect(requests[1]).toEqual(['a', 'b']);
  });

  it('is not spoilt twice by the same item', async () => {
    const { gate, requests, outcomeOf } = setUp(async (items) =>
      items.map((item) =>
        item === 'bad' ? { error: failed('ValidationFailed', true), goesAlone: true } : { answer: item },
      ),
    );
    const [first] = [outcomeOf('bad'), outcomeOf('a')];
    await gate.grant();
    expect(await first).toBe('ValidationFailed');
    const outcomes = ['b', 'bad', 'c'].map((item) => outcomeOf(item));
    await gate.grant();
    await gate.grant();
    expect(await Promise.all(outcomes)).toEqual(['b', 'ValidationFailed', 'c']);
    expect(requests).toEqual([['bad', 'a'], ['b', 'c'], ['bad']]);
  });

  it('asks alone for what only a request of its own tells', async () => {
    const { gate, requests, outcomeOf } = setUp(async (items) =>
      items.map((item) => (items.length > 1 && item === 'b' ? { again: true } : { answer: item })),
    );
    const outcomes = [outcomeOf('a'), outcomeOf('b')];
    await gate.grant();
    await gate.grant();
    expect(await Promise.all(outcomes)).toEqual(['a', 'b']);
    expect(requests).toEqual([['a', 'b'], ['b']]);
  });
});

it('gives each its own, whoever gives up, is held back or refused, and never two of a key in a request', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
          fate: fc.constantFrom('good', 'bad', 'held', 'gone'),
          grants: fc.nat({ max: 2 }),
        }),
        { maxLength: 30 },
      ),
      fc.integer({ min: 1, max: 5 }),
      async (items, most) => {
        const { gate, requests, outcomeOf } = setUp(
          async (sent) =>
            sent.map((item) =>
              item.endsWith('bad') ? { error: failed('ValidationFailed', true), goesAlone: true } : { answer: item },
            ),
          most,
        );
        const outcomes: Promise<string>[] = [];
        for (const [index, { key, fate, grants }] of items.entries()) {
          const stop = new AbortController();
          const nextRequest = fate === 'held' ? () => Promise.reject(new Error('held')) : async () => undefined;
          outcomes.push(outcomeOf(`${key}:${index}:${fate}`, { key, nextRequest, signal: stop.signal }));
          if (fate === 'gone') stop.abort();
          for (let i = 0; i < grants; i++) await gate.grant();
        }
        while (gate.asking > 0) await gate.grant();
        const expected = { bad: 'ValidationFailed', held: 'Error: held', gone: 'RateLimited' };
        expect(await Promise.all(outcomes)).toEqual(
          items.map(({ key, fate }, index) => (fate === 'good' ? `${key}:${index}:good` : expected[fate])),
        );
        for (const request of requests) {
          const keys = request.map((item) => item.split(':')[0]);
          expect(new Set(keys).size).toBe(keys.length);
          expect(keys.length).toBeLessThanOrEqual(most);
        }
        const sent = requests.flat();
        expect(new Set(sent).size).toBe(sent.length);
      },
    ),
  ));
