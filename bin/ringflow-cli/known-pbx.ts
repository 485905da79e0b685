import type { Pbx, Pbxs } from '../../activities/store/pbxs.ts';
import { BadInput } from './bad-input.ts';

/** The PBX of this id. @throws BadInput that names those there are */
export async function knownPbx(pbxs: Pick<Pbxs, 'list'>, id: string): Promise<Pbx> {
  const known = await pbxs.list();
  const pbx = known.find((one) => one.id === id);
  if (pbx) return pbx;
  throw new BadInput(`There is no PBX ${id}; there is ${known.map((one) => one.id).join(', ') || 'none'}.`);
}
