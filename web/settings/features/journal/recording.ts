import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';
import type { CallName } from './calls.ts';

type RecordingPath = paths['/api/accounts/{account}/calls/{pbx}/{linkedid}/recording']['get'];
export type Recording = RecordingPath['responses'][200]['content']['application/json'];

const pathOf = (account: string, { pbx, linkedid }: CallName) => ({ params: { path: { account, pbx, linkedid } } });
const keyOf = (account: string, name: CallName) => ['call', account, name, 'recording'];

/** Whether the recording of a call can be heard, its link, and who has listened. */
export const useRecording = (account: string, name: CallName) =>
  useQuery({
    queryKey: keyOf(account, name),
    queryFn: () => bodyOf(api.GET('/api/accounts/{account}/calls/{pbx}/{linkedid}/recording', pathOf(account, name))),
    staleTime: 0, // whoever comes back looks whether it is heard now, and who has listened
  });

/** Gives out a new link, or revokes the one there is. */
export function useChangeLink(account: string, name: CallName) {
  const queries = useQueryClient();
  return useMutation({
    async mutationFn(change: 'renew' | 'revoke') {
      const link = '/api/accounts/{account}/calls/{pbx}/{linkedid}/recording/link' as const;
      if (change === 'renew') await bodyOf(api.POST(link, pathOf(account, name)));
      else await bodyOf(api.DELETE(link, pathOf(account, name)));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(account, name) }),
  });
}

/** Where a player of ours finds the sound; the browser sends the session along. */
export const soundAddress = (account: string, { pbx, linkedid }: CallName): string =>
  `/api/accounts/${[account, 'calls', pbx, linkedid].map(encodeURIComponent).join('/')}/recording/sound`;
