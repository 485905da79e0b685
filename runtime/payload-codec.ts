import { join } from 'node:path';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { type KeyRing, readKeyRing } from '../activities/store/key-ring.ts';

/** The keys by which payloads are encrypted, in the form of RINGFLOW_SECRET_KEYS. */
const payloadKeysVariable = 'TEMPORAL_PAYLOAD_KEYS';

const encryptedEncoding = 'binary/encrypted';
const boundTo = 'temporal-payload';
const lengthBytes = 4;

/**
 * How this installation writes into Temporal what its workflows work on, and reads it: encrypted (AES-256-GCM) by the
 * first key if there are any. What was written before there was a key stays readable.
 *
 * @param keys the value of TEMPORAL_PAYLOAD_KEYS. @throws SecretKeyError
 */
export function payloadConverter(keys: string): DataConverter {
  const payloadCodecs = [createPayloadCodec(keys)];
  return keys.trim() === '' ? { payloadCodecs } : { payloadCodecs, failureConverterPath };
}

/** Where texts of failures become payloads too; else they could be read. */
const failureConverterPath = join(import.meta.dirname, '../workflows/encoded-failures.ts');

/** Reading throws SecretKeyError, which names the key that is missing. */
export function createPayloadCodec(keys: string): PayloadCodec {
  const ring = readKeyRing(keys, payloadKeysVariable);
  const isEncrypting = keys.trim() !== '';
  return {
    encode: async (payloads) => (isEncrypting ? payloads.map((payload) => encrypted(payload, ring)) : payloads),
    decode: async (payloads) => payloads.map((payload) => decrypted(payload, ring)),
  };
}

function encrypted(payload: Payload, ring: KeyRing): Payload {
  const { keyId, ciphertext } = ring.seal(boundTo, bytesOf(payload));
  const metadata = { encoding: Buffer.from(encryptedEncoding), 'encryption-key-id': Buffer.from(keyId) };
  return { metadata, data: ciphertext };
}

function decrypted(payload: Payload, ring: KeyRing): Payload {
  const { encoding, 'encryption-key-id': keyId = new Uint8Array() } = payload.metadata ?? {};
  if (!encoding || Buffer.from(encoding).toString() !== encryptedEncoding) return payload;
  const ciphertext = Buffer.from(payload.data ?? []);
  return payloadOf(ring.openBytes(boundTo, { keyId: Buffer.from(keyId).toString(), ciphertext }));
}

/** Length of the metadata, its JSON, the data. */
function bytesOf({ metadata, data }: Payload): Buffer {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  const head = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, data ?? Buffer.alloc(0)]);
}

function payloadOf(bytes: Buffer): Payload {
  const dataFrom = lengthBytes + bytes.readUInt32BE();
  const head = JSON.parse(bytes.subarray(lengthBytes, dataFrom).toString()) as Record<string, string>;
  const metadata = Object.entries(head).map(([name, value]) => [name, Buffer.from(value, 'base64')]);
  return { metadata: Object.fromEntries(metadata) as Record<string, Buffer>, data: bytes.subarray(dataFrom) };
}
