/** Header → value, as Asterisk sends it. */
export type AmiMessage = Readonly<Record<string, string | undefined>>;

/** What is sent with an action; a list makes a header of each of its values. */
export type AmiHeaders = Readonly<Record<string, string | readonly string[]>>;

/** Asterisk throws a longer line away (manager.c). */
const longestLineBytes = 1_000;

/**
 * An action as it is written.
 *
 * @throws TypeError if a value holds a line break or another control character: what stands behind it would be a header,
 * or an action, of its own
 */
export function writeAction(action: string, headers: AmiHeaders, actionId: string): string {
  const all = Object.entries({ Action: action, ActionID: actionId, ...headers });
  const lines = all.flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`));
  demandOneLine(lines);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

export function demandOneLine(values: readonly string[]): void {
  for (const value of values) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (/[\0-\x1f\x7f]/.test(value)) throw new TypeError('A value of AMI holds a line break.');
    if (Buffer.byteLength(value) > longestLineBytes) throw new TypeError('A value of AMI is too long.');
  }
}
