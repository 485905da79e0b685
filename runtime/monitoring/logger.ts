import pino, { type Logger, type LoggerOptions } from 'pino';
import { withoutPhones } from './without-phones.ts';

/** What a line is about, wherever it is written; each is left out where it means nothing. */
export interface About {
  /** Of amoCRM, by our id. */
  account?: string;
  pbx?: string;
  /** Of the call, as Asterisk gave it. */
  linkedid?: string;
}

/**
 * The log of a process: a line of JSON for each thing that happens, to standard output. Phones are masked in all of it,
 * whoever has put them there.
 *
 * @param onLine told the level of each line that is written
 */
export function createLogger(part: string, onLine: (level: string) => void): Logger {
  const options: LoggerOptions = {
    base: { part },
    hooks: {
      logMethod(args, method, level) {
        onLine(pino.levels.labels[level] ?? '');
        method.apply(this, args);
      },
      streamWrite: withoutPhones,
    },
  };
  return pino(options);
}
