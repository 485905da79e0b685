import { createHash, randomBytes } from 'node:crypto';

/** What only its holder knows, and what is kept of it. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
export const newToken = (): string => randomBytes(32).toString('base64url');
