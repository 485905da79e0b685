import { createHmac } from 'node:crypto';

/** A token in the form of RFC 7519, signed by HS256. */
export function signedToken(claims: object, key: string): string {
  const parts = [{ typ: 'JWT', alg: 'HS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = createHmac('sha256', key).update(parts.join('.')).digest('base64url');
  return [...parts, signature].join('.');
}
