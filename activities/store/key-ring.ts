import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A secret that can't be opened; the message says what to do and holds neither key nor secret. */
export class SecretKeyError extends Error {
  override readonly name = 'SecretKeyError';
}

interface Sealed {
  /** Of the key that seals it. */
  keyId: string;
  /** Nonce, tag and text. */
  ciphertext: Buffer;
}

/** The keys that secrets are encrypted with: the first encrypts, all decrypt. */
export interface KeyRing {
  /** Of the key that encrypts. @throws SecretKeyError if there is none */
  firstKeyId(): string;
  /** @param name under which the secret is kept; it opens under no other. @throws SecretKeyError */
  seal(name: string, secret: string | Uint8Array): Sealed;
  /** @throws SecretKeyError */
  open(name: string, sealed: Sealed): string;
  /** The same of what is no text. @throws SecretKeyError */
  openBytes(name: string, sealed: Sealed): Buffer;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const form = `expected id:base64 of ${keyBytes} bytes, several separated by commas, the newest first`;

/**
 * Reads a ring of keys, `id:base64,id:base64`. Without a text it is empty, and whoever needs a key is told so.
 *
 * @param variable that holds it
 * @throws SecretKeyError that names the variable and never a value
 */
export function readKeyRing(text = '', variable = 'RINGFLOW_SECRET_KEYS'): KeyRing {
  const keys = new Map(entriesOf(text, variable));
  const keyOf = (id: string | undefined, message: string): Buffer => {
    const key = id === undefined ? undefined : keys.get(id);
    if (!key) throw new SecretKeyError(message);
    return key;
  };
  const [firstId] = keys.keys();
  const missing = `${variable} is missing, and without it no secret can be kept: ${form}.`;
  return {
    firstKeyId() {
      keyOf(firstId, missing);
      return String(firstId);
    },
    seal(name, secret) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', keyOf(firstId, missing), nonce).setAAD(Buffer.from(name));
      const body = Buffer.concat([cipher.update(Buffer.from(secret as string)), cipher.final()]);
      return { keyId: String(firstId), ciphertext: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
    },
    open(name, sealed) {
      return this.openBytes(name, sealed).toString('utf8');
    },
    openBytes(name, { keyId, ciphertext }) {
      const unknown = `${variable} lacks the key "${keyId}", by which ${name} is encrypted: add it after the newest.`;
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId, unknown), ciphertext.subarray(0, nonceBytes));
      decipher.setAAD(Buffer.from(name)).setAuthTag(ciphertext.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const body = decipher.update(ciphertext.subarray(nonceBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]);
      } catch {
        throw new SecretKeyError(`The key "${keyId}" in ${variable} is not the one by which ${name} was encrypted.`);
      }
    },
  };
}

function entriesOf(text: string, variable: string): [string, Buffer][] {
  const entries = text.split(',').filter((part) => part.trim() !== '');
  const keys = entries.map((part): [string, Buffer] => {
    const [, id = '', base64 = ''] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/]+=*)\s*$/.exec(part) ?? [];
    const key = Buffer.from(base64, 'base64');
    if (key.length !== keyBytes) throw new SecretKeyError(`${variable} has a wrong form: ${form}.`);
    return [id, key];
  });
  if (new Set(keys.map(([id]) => id)).size < keys.length) {
    throw new SecretKeyError(`${variable} names a key twice: ${form}.`);
  }
  return keys;
}
