import type { SetUpValues } from './snippets.ts';

type Passwords = Pick<SetUpValues, 'databasePassword' | 'writerPassword' | 'amiSecret'>;

const made = new Map<string, Passwords>();

/**
 * New passwords for a PBX, the same until the page is loaded anew: what was pasted on the PBX must fit what is entered
 * here a little later.
 */
export function passwordsFor(pbxId: string): Passwords {
  const passwords = made.get(pbxId) ?? {
    ...{ databasePassword: newPassword(), writerPassword: newPassword(), amiSecret: newPassword() },
  };
  made.set(pbxId, passwords);
  return passwords;
}

/** Letters and digits alone: they mean nothing to SQL, configuration files or addresses. */
function newPassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const random = crypto.getRandomValues(new Uint32Array(24));
  return [...random].map((number) => alphabet[number % alphabet.length]).join('');
}
