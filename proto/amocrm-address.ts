/** Where amoCRM accounts live, and who is asked for permission (contract 1 and 2.1). */

const accountHost = /^(?!www\.)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.(amocrm\.ru|amocrm\.com|kommo\.com)$/;

/**
 * The address of an account whose host came from outside, or undefined if that is no host of an account.
 *
 * @param host a bare host name, as amoCRM names it
 * @param ownUrl the address that the account is known by: a stand-in lives at no host of amoCRM
 */
export function accountUrl(host: string, ownUrl?: string): string | undefined {
  const own = ownUrl === undefined ? undefined : new URL(ownUrl);
  if (host.toLowerCase() === own?.host) return own.origin;
  return accountHost.test(host.toLowerCase()) ? `https://${host.toLowerCase()}` : undefined;
}

/** Where a person allows an integration; a stand-in asks by itself. */
export function permissionUrl(accountBaseUrl: string): string {
  const { host, origin } = new URL(accountBaseUrl);
  if (host.endsWith('.amocrm.ru')) return 'https://www.amocrm.ru/oauth';
  return accountHost.test(host) ? 'https://www.kommo.com/oauth' : `${origin}/oauth`;
}

/** Whether an address leads to this machine itself. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}

/** Where an administrator of the account begins to connect it. @param key good once, see `createPermissions` */
export function connectionLink(publicUrl: string, accountId: string, key: string): string {
  return `${publicUrl}/oauth/amocrm/start?${new URLSearchParams({ account: accountId, key })}`;
}
