import { numbered, outcomesOf } from './outcomes.ts';

interface Body {
  things: { id: number; request_id?: string }[];
}

const taken = (things: Body['things']) => ({ data: { things }, response: new Response() });
const refused = (error: unknown) => ({ error, response: new Response(null, { status: 400 }) });
const item = (request_id: string, path: string) => ({
  request_id,
  errors: [{ code: 'NotBlank', path, detail: 'This value should not be blank.' }],
});

/** For each item its id or the code of its error, with `?` if its fate is unknown and `!` if it goes alone. */
function read(answer: ReturnType<typeof taken> | ReturnType<typeof refused>, count: number): unknown[] {
  return outcomesOf<Body, Body['things'][number]>(answer, count, 'thing', (body) => body.things).map((outcome) => {
    if ('answer' in outcome) return outcome.answer.id;
    if ('again' in outcome) return 'again';
    return `${outcome.error.code}${outcome.error.hadNoEffect ? '' : '?'}${outcome.goesAlone ? '!' : ''}`;
  });
}

it('numbers the items of a request', () => {
  expect(numbered([{ name: 'a' }, { name: 'b' }])).toEqual([
    { name: 'a', request_id: '0' },
    { name: 'b', request_id: '1' },
  ]);
});

describe('the answer to a request of several', () => {
  it.each([
    ['whatever its order', [1, 0], [10, 11]],
    ['leaving open those that it does not name', [1], ['ServerTrouble?', 11]],
    ['leaving open all if it names none', [], ['ServerTrouble?', 'ServerTrouble?']],
  ])('is read item by item, %s', (_, named, expected) => {
    expect(read(taken(named.map((index) => ({ id: 10 + index, request_id: String(index) }))), 2)).toEqual(expected);
  });

  it('without numbers tells only what one item became', () => {
    expect(read(taken([{ id: 10 }]), 1)).toEqual([10]);
    expect(read(taken([{ id: 10 }, { id: 11 }]), 2)).toEqual(['ServerTrouble?', 'ServerTrouble?']);
  });

  it('that is a refusal is final for those that it names, and proves nothing for the others', () => {
    const answer = refused({ 'validation-errors': [item('1', 'name')] });
    expect(read(answer, 3)).toEqual(['ServerTrouble?', 'ValidationFailed!', 'ServerTrouble?']);
  });

  it('that is a refusal gives each its own words', () => {
    const answer = refused({ 'validation-errors': [item('0', 'name'), item('1', 'text')] });
    const outcomes = outcomesOf<Body, never>(answer, 2, 'thing', () => []);
    expect(outcomes.map((outcome) => 'error' in outcome && outcome.error.refusedPaths)).toEqual([['name'], ['text']]);
  });

  it.each([
    ['names nobody', { detail: 'Request validation failed' }],
    ['names somebody else', { 'validation-errors': [item('7', 'name')] }],
    ['is no JSON', '<html>'],
  ])('that is a refusal and %s makes all go alone', (_, error) => {
    expect(read(refused(error), 2)).toEqual(['ServerTrouble?!', 'ServerTrouble?!']);
  });

  it('that refuses a single item is about that one, whatever it names', () => {
    expect(read(refused({ 'validation-errors': [item('x', 'name')] }), 1)).toEqual(['ValidationFailed!']);
    expect(read(refused({ detail: 'No' }), 1)).toEqual(['ValidationFailed!']);
    expect(read(refused('<html>'), 1)).toEqual(['ServerTrouble?!']);
  });
});
