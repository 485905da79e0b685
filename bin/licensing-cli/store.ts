import type { Pool } from 'mysql2/promise';
import { ConfigurationError, readTiming } from '../../licensing/configuration.ts';
import { ApiError } from '../../licensing/errors.ts';
import { RootKeyError } from '../../licensing/keys/root-key.ts';
import { NoSigningKey } from '../../licensing/keys/signer.ts';
import { Refusal } from '../../licensing/requests/refusal.ts';
import type { By, SalesTools } from '../../licensing/sales/by.ts';
import { readKeyRing, SecretKeyError } from '../../licensing/store/key-ring.ts';
import { openMysql } from '../../licensing/store/mysql.ts';
import { words } from '../../licensing/words.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { findEnvironment } from '../ringflow-cli/environment.ts';

/** Whoever may use the server's shell may do everything. */
export const shell: By = { actor: 'shell', partnerId: null };

export interface Shell extends SalesTools {
  pool: Pool;
  environment: NodeJS.ProcessEnv;
}

/** @throws BadInput */
export function mysqlUrlOf(environment: NodeJS.ProcessEnv): string {
  if (environment.LICENSING_MYSQL_URL) return environment.LICENSING_MYSQL_URL;
  throw new BadInput('No database is known: start the licensing server with bin/up, or set LICENSING_MYSQL_URL.');
}

/** The keys of LICENSING_SECRET_KEYS. */
export const ringOf = ({ LICENSING_SECRET_KEYS }: NodeJS.ProcessEnv) => readKeyRing(LICENSING_SECRET_KEYS);

/**
 * Does something with the licensing server's database, and closes it.
 *
 * @throws BadInput that says what to do if it can't be done
 */
export async function withLicensing<T>(work: (tools: Shell) => Promise<T>): Promise<T> {
  const environment = findEnvironment();
  const pool = openMysql(mysqlUrlOf(environment));
  try {
    return await work({ pool, environment, timing: readTiming(environment), nowMs: Date.now });
  } catch (error) {
    throw inWords(error);
  } finally {
    await pool.end();
  }
}

function inWords(error: unknown): Error {
  if (error instanceof BadInput) return error;
  if (error instanceof ApiError || error instanceof Refusal) return said(error.code);
  if (error instanceof NoSigningKey) return said('no-signing-key');
  if (error instanceof SecretKeyError || error instanceof RootKeyError || error instanceof ConfigurationError) {
    return new BadInput(error.message);
  }
  const { code = '', message, path } = error as { code?: string; message: string; path?: string };
  if (path !== undefined) return new BadInput(`${path}: can't be read or written (${code}).`);
  return new BadInput(`The licensing server's database can't be used (${code || message}).`);
}

function said(code: keyof typeof words.errors): BadInput {
  if (code === 'not-found') {
    return new BadInput('There is nothing of that number or name: see customer list, customer show and trial list.');
  }
  const { title, text } = words.errors[code].en;
  return new BadInput(`${title}. ${text}`);
}

/** What a person types for a number. @throws BadInput */
export function numberOf(text: string | undefined, what: string): number {
  if (text !== undefined && /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new BadInput(`Name ${what} by its number.`);
}

/** @param text 2027-01-31, whose end is meant, or a moment with its zone. @throws BadInput */
export function momentOf(text: string | undefined): number {
  const isDay = text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = text !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text);
  const ms = Date.parse(isDay ? `${text}T23:59:59Z` : (text ?? ''));
  if ((isDay || isMoment) && !Number.isNaN(ms)) return ms;
  throw new BadInput('--until: expected a date such as 2027-01-31, or a moment such as 2027-01-31T12:00:00Z.');
}

export const momentText = (ms: number | null): string => (ms === null ? '-' : new Date(ms).toISOString());

/** One thing a line, its parts apart by tabs. What others have typed moves no cursor and begins no line. */
export function printLine(...parts: (string | number)[]): void {
  const shown = parts.map((part) => String(part).replaceAll(/\p{Cc}/gu, ' '));
  process.stdout.write(`${shown.join('\t')}\n`);
}
