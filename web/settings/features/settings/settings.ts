import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

type SettingsPath = paths['/api/accounts/{account}/settings'];
export type PresentSettings = SettingsPath['get']['responses'][200]['content']['application/json'];
export type EditedSections = NonNullable<
  SettingsPath['patch']['requestBody']
>['content']['application/json']['sections'];
export type VersionDescription =
  paths['/api/accounts/{account}/settings/versions']['get']['responses'][200]['content']['application/json'][number];

const pathOf = (account: string) => ({ params: { path: { account } } });

/** The settings that hold now. */
export const settingsQuery = (account: string) => ({
  queryKey: ['settings', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/settings', pathOf(account))),
});

export const versionsQuery = (account: string) => ({
  queryKey: ['settings', account, 'versions'],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/settings/versions', pathOf(account))),
});

export const versionQuery = (account: string, version: number) => ({
  queryKey: ['settings', account, 'versions', version],
  queryFn: () =>
    bodyOf(api.GET('/api/accounts/{account}/settings/versions/{version}', { params: { path: { account, version } } })),
});

/** To be called when a version was made: what was read before is old. */
export function useNewVersion(account: string): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['settings', account] });
}

/** Saves sections of the settings; refused with ApiFailure `settings-conflict` if somebody else has just changed the same. */
export function useSaveSettings(account: string, onSaved: (saved: { version: number }) => void) {
  const refresh = useNewVersion(account);
  return useMutation({
    mutationFn: (change: { basedOn: number; sections: EditedSections }) =>
      bodyOf(api.PATCH('/api/accounts/{account}/settings', { ...pathOf(account), body: change })),
    onSuccess(saved) {
      refresh();
      onSaved(saved);
    },
  });
}
