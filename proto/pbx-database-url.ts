/** Where a PBX's database is, without user and password. */
export interface DatabasePlace {
  host: string;
  port: number;
  database: string;
}

/** For whoever has to mend an address. */
export const databaseUrlHint =
  'mysql://user:password@host:port/database, special characters of the password percent-encoded (@ as %40, : as %3A, / as %2F, # as %23, % as %25)';

/**
 * @param url mysql://user:password@host:port/database
 * @returns undefined if no connection can be made by it
 */
export function databasePlaceOf(url: string): DatabasePlace | undefined {
  if (/\s/.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  const parts = [hostname, pathname.slice(1), username, password].map(decoded);
  const [host, database] = parts;
  if (protocol !== 'mysql:' || !host || !database || parts.includes(undefined)) return undefined;
  if (database.includes('/')) return undefined;
  return { host: host.toLowerCase(), port: Number(port || 3306), database };
}

/** `host:port/database`, for people. @returns null if no connection can be made by the address */
export function placeInWords(url: string): string | null {
  const place = databasePlaceOf(url);
  return place ? `${place.host}:${place.port}/${place.database}` : null;
}

/** One table, as far as its names tell; a machine has several names for itself. */
export function tableAt(url: string, table: string): string | undefined {
  const place = databasePlaceOf(url);
  if (!place) return undefined;
  const host = /^(localhost|127\.[\d.]+|\[::1\]|::1)$/.test(place.host) ? 'localhost' : place.host;
  return `${host}:${place.port}/${table.includes('.') ? table : `${place.database}.${table}`}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
