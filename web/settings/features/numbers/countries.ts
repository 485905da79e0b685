import { defaultPbx } from '../../../../proto/default-pbx.ts';
import type { Account } from '../../app/account.ts';
import type { PresentSettings } from '../settings/settings.ts';

/** In which countries the account's PBXs are, as their settings say: numbers are read as people write them there. */
export function countriesOf({ pbxs }: Account, { settings }: PresentSettings): string[] {
  const usual = defaultPbx('', '').country;
  const countries = pbxs.map(({ id }) => settings.pbxs[id]?.country ?? usual);
  return countries.length > 0 ? [...new Set(countries)] : [usual];
}
