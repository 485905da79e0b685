import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf } from '../../../../kit/api.ts';
import { api } from '../../../app/api.ts';
import { useNewVersion } from '../../settings/settings.ts';

const pathOf = (account: string, list: string) => ({ params: { path: { account, list } } });
const keyOf = (account: string, list: string) => ['number-list', account, list];

/** A list with all its numbers. */
export const listQuery = (account: string, list: string) => ({
  queryKey: keyOf(account, list),
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/number-lists/{list}', pathOf(account, list))),
});

/** Does something about the lists; what is shown of them is asked for anew. */
function useChange<Order, Answer>(
  account: string,
  act: (order: Order) => Promise<Answer>,
  onDone?: (a: Answer) => void,
) {
  const queries = useQueryClient();
  const refresh = useNewVersion(account);
  return useMutation({
    mutationFn: act,
    async onSuccess(answer: Answer) {
      refresh();
      await queries.invalidateQueries({ queryKey: ['number-list', account] });
      onDone?.(answer);
    },
  });
}

export function useAddList(account: string, onAdded: (list: { id: string }) => void) {
  const add = (name: string) =>
    bodyOf(api.POST('/api/accounts/{account}/number-lists', { params: { path: { account } }, body: { name } }));
  return useChange(account, add, onAdded);
}

export function useRenameList(account: string, list: string, onDone: () => void) {
  const rename = (name: string) =>
    bodyOf(api.PUT('/api/accounts/{account}/number-lists/{list}/name', { ...pathOf(account, list), body: { name } }));
  return useChange(account, rename, onDone);
}

export function useRemoveList(account: string, list: string) {
  return useChange(account, () =>
    bodyOf(api.DELETE('/api/accounts/{account}/number-lists/{list}', pathOf(account, list))),
  );
}

export interface NumbersChange {
  add: string[];
  remove: string[];
}

export function useChangeNumbers(
  account: string,
  list: string,
  onDone: (count: { added: number; removed: number }) => void,
) {
  const change = (body: NumbersChange) =>
    bodyOf(api.PATCH('/api/accounts/{account}/number-lists/{list}/numbers', { ...pathOf(account, list), body }));
  return useChange(account, change, onDone);
}

/** All that were in the list before go. */
export function useReplaceNumbers(
  account: string,
  list: string,
  onDone: (count: { added: number; removed: number }) => void,
) {
  const replace = (numbers: string[]) =>
    bodyOf(
      api.PUT('/api/accounts/{account}/number-lists/{list}/numbers', { ...pathOf(account, list), body: { numbers } }),
    );
  return useChange(account, replace, onDone);
}

/** Those in which the digits stand, in any way of writing. A Russian who types 8916… means 7916…. */
export function numbersWith(numbers: readonly string[], text: string): string[] {
  const digits = text.replace(/\D/g, '');
  const asDialled = digits.startsWith('8') && digits.length > 1 ? `7${digits.slice(1)}` : undefined;
  return numbers.filter((one) => one.includes(digits) || (asDialled !== undefined && one.startsWith(asDialled)));
}

/** As programs of the office write it: tables in UTF-16 begin with a mark. */
export async function textOfFile(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
