import { randomBytes, timingSafeEqual } from 'node:crypto';
import { routingKeyOf, type Secrets } from './secrets.ts';

const keyBytes = 32;

/** A new key by which the dialplan of a PBX is known; the one before holds no more. @throws SecretKeyError */
export async function renewRoutingKey(secrets: Secrets, pbxId: string): Promise<string> {
  const key = randomBytes(keyBytes).toString('base64url');
  await secrets.write(routingKeyOf(pbxId), key);
  return key;
}

/** In a time that tells nothing of the key. */
export function isSameKey(key: string, claimed: string): boolean {
  const [own, other] = [Buffer.from(key), Buffer.from(claimed)];
  return own.length === other.length && timingSafeEqual(own, other);
}
