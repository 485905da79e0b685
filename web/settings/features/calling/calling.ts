import { useMutation } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

type StatePath = paths['/api/accounts/{account}/calling']['get'];
/** What calling by a click needs, and how it stands. */
export type CallingState = StatePath['responses'][200]['content']['application/json'];

export const callingStateQuery = (account: string) => ({
  queryKey: ['calling', account],
  refetchInterval: 10_000,
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/calling', { params: { path: { account } } })),
});

/** Lets the browser keep the widget for this installation as a file. */
export function useDownloadWidget(account: string) {
  return useMutation({
    async mutationFn() {
      const path = { params: { path: { account } } };
      const archive = await bodyOf(api.GET('/api/accounts/{account}/widget', { ...path, parseAs: 'blob' }));
      saveFile('widget.zip', archive as Blob);
    },
  });
}

function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
