import { mostChosenCalls } from '../../../../proto/backfill.ts';

/** What somebody has written or pasted: linkedids, however they are parted. */
export type WrittenLinkedids =
  | { linkedids: string[] }
  /** `wrong`: the first that is none; `tooMany`: how many there are. */
  | { wrong: string }
  | { tooMany: number }
  | 'none';

const form = /^[^\s,;]*\d[^\s,;]*$/;
const mostLetters = 150;

export function linkedidsIn(text: string): WrittenLinkedids {
  const linkedids = [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];
  if (linkedids.length === 0) return 'none';
  const wrong = linkedids.find((one) => !form.test(one) || one.length > mostLetters);
  if (wrong !== undefined) return { wrong };
  return linkedids.length > mostChosenCalls ? { tooMany: linkedids.length } : { linkedids };
}
