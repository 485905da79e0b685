/**
 * The extension of an employee's mobile phone, by the description's list: a number, or a beginning with `*` (a block of
 * FMC numbers). The value is the extension; `*` in it stands for the digits behind the beginning: `79167770*` → `*`
 * makes 79167770107 the mobile of 107.
 *
 * @param number digits with the country code
 * @returns undefined if it is nobody's
 */
export function extensionOfMobile(number: string, mobiles: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(mobiles, number)) return mobiles[number];
  const beginnings = Object.keys(mobiles).filter((key) => key.endsWith('*') && number.startsWith(key.slice(0, -1)));
  const [longest] = beginnings.sort((a, b) => b.length - a.length);
  if (longest === undefined) return undefined;
  return mobiles[longest]?.replace('*', number.slice(longest.length - 1));
}
