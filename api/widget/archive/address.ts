const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/**
 * What the widget is to ask Ringflow at, without a slash at its end.
 *
 * @returns undefined if a browser that shows amoCRM could not or should not ask there: http is for this machine alone
 */
export function widgetAddress(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || url.username || url.password || url.search || url.hash) return undefined;
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.includes(url.hostname));
  return isSafe ? `${url.origin}${url.pathname}`.replace(/\/+$/, '') : undefined;
}

/** As in a manifest: 1.2.3 */
export const versionPattern = /^\d{1,4}(\.\d{1,4}){1,2}$/;

/** Stands in the built script where the address will: it is built once, for any. */
export const addressPlace = 'https://address-of-ringflow.invalid';
