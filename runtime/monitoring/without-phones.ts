import { maskPhone } from '../../proto/phone.ts';

/**
 * Ten to fifteen digits, as phones are written in full, in names of files and in addresses too. No phones are ids of
 * Asterisk, which have a dot and more digits behind them, and what is part of a word.
 */
const bare = /(?:(?<=%2B)|(?<![A-Za-z\d.•]))\+?\d{10,15}(?![A-Za-z\d•]|\.\d)/gi;
/** With the signs between that people write: `+7 (916) 123-45-67`, `8 916 123 45 67`, `8(916)1234567`. */
const spelled = /(?<![\w.])(?:\+?\d{1,3}[ -]?)?(?:\(\d{3}\)[ -]?|\d{3}[ -])\d{3}[ -]?\d{2}[ -]?\d{2}(?!\w|\.\d)/g;
/** Most lines hold nothing of the kind. */
const suspicious = /\d{10}|\d[ )-]+\d{3}[ -]?\d{2}/;

const mask = (phone: string): string => maskPhone(phone.replace(/\D/g, ''));

export const maskPhones = (text: string): string => text.replace(spelled, mask).replace(bare, mask);

/** @param line of a log, JSON. @returns the same, in which nobody is told by their phone */
export function withoutPhones(line: string): string {
  if (!suspicious.test(line)) return line;
  const masked = JSON.parse(line, (_, value) => (typeof value === 'string' ? maskPhones(value) : value));
  return `${JSON.stringify(masked)}\n`;
}
