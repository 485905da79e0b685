import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createPayloadCodec } from './payload-codec.ts';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const payload = defaultPayloadConverter.toPayload({ phone: '79161234567', name: 'Иван Петров' }) as Payload;
const readBack = ([decoded]: Payload[]) => defaultPayloadConverter.fromPayload(decoded as Payload);
const encodedBy = (keys: string) => createPayloadCodec(keys).encode([payload]);

it('what is encrypted holds nothing readable, and is read by its key, also when a newer one is there', async () => {
  const [old, young] = [key('old'), key('young')];
  const encoded = await encodedBy(old);
  expect(Buffer.from(encoded[0]?.data ?? []).toString()).not.toMatch(/79161234567|Иван/);
  expect(readBack(await createPayloadCodec(`${young},${old}`).decode(encoded))).toEqual({
    phone: '79161234567',
    name: 'Иван Петров',
  });
});

it('what was written before there was a key stays readable, and without a key nothing changes', async () => {
  expect(await encodedBy('')).toEqual([payload]);
  expect(await createPayloadCodec(key('a')).decode([payload])).toEqual([payload]);
});

it.each(['', key('b')])('says which key is missing', async (keys) => {
  const decoding = encodedBy(key('a')).then((encoded) => createPayloadCodec(keys).decode(encoded));
  await expect(decoding).rejects.toThrow(/TEMPORAL_PAYLOAD_KEYS lacks the key "a"/);
});

it('refuses what was altered on the way', async () => {
  const keys = key('a');
  const [encoded] = await encodedBy(keys);
  const data = Buffer.from(encoded?.data ?? []);
  data[40] = (data[40] ?? 0) ^ 1;
  await expect(createPayloadCodec(keys).decode([{ ...encoded, data }])).rejects.toThrow(/not the one/);
});
