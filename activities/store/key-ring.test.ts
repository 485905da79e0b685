import { randomBytes } from 'node:crypto';
import { readKeyRing, SecretKeyError } from './key-ring.ts';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

it('what the ring seals opens under its name, and is never twice the same', () => {
  const ring = readKeyRing(key('a'));
  const [one, two] = [ring.seal('n', 'тайна'), ring.seal('n', 'тайна')];
  expect(ring.open('n', one)).toBe('тайна');
  expect(one.ciphertext).not.toEqual(two.ciphertext);
});

it('the first key seals, all open', () => {
  const [old, young] = [key('old'), key('young')];
  const sealed = readKeyRing(old).seal('n', 'secret');
  const ring = readKeyRing(`${young}, ${old}`);
  expect(ring.open('n', sealed)).toBe('secret');
  expect(ring.seal('n', 'secret').keyId).toBe('young');
});

it('a secret opens under no other name, and not if a bit has changed', () => {
  const ring = readKeyRing(key('a'));
  const sealed = ring.seal('account:a:tokens', 'secret');
  expect(() => ring.open('account:b:tokens', sealed)).toThrow(SecretKeyError);
  sealed.ciphertext[30] = (sealed.ciphertext[30] ?? 0) ^ 1;
  expect(() => ring.open('account:a:tokens', sealed)).toThrow(SecretKeyError);
});

it.each<[string, () => unknown]>([
  ['none', () => readKeyRing('').seal('n', 's')],
  ['one of a wrong length', () => readKeyRing(`a:${randomBytes(16).toString('base64')}`)],
  ['one without a name', () => readKeyRing(randomBytes(32).toString('base64'))],
  ['two of one name', () => readKeyRing(`${key('a')},${key('a')}`)],
  ['another of the same name', () => readKeyRing(key('a')).open('n', readKeyRing(key('a')).seal('n', 's3cret'))],
  ['not the one it was sealed by', () => readKeyRing(key('b')).open('n', readKeyRing(key('a')).seal('n', 's3cret'))],
])('with %s the error names the variable and no secret', (_, act) => {
  expect(act).toThrow(
    expect.objectContaining({ name: 'SecretKeyError', message: expect.stringContaining('RINGFLOW_SECRET_KEYS') }),
  );
  expect(act).not.toThrow(/s3cret|[A-Za-z0-9+/]{20}/);
});
