import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

type PbxPath = paths['/api/accounts/{account}/pbxs'];
export type Pbx = PbxPath['get']['responses'][200]['content']['application/json'][number];
export type NewPbx = NonNullable<PbxPath['post']['requestBody']>['content']['application/json'];

/** The PBXs of an account. */
export const pbxsQuery = (account: string) => ({
  queryKey: ['pbxs', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/pbxs', { params: { path: { account } } })),
});

/** Adds one, or describes anew one that is there. */
export function useSavePbx(account: string, isNew: boolean, onSaved: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    async mutationFn({ id, databaseUrl, ...description }: NewPbx) {
      if (isNew) {
        const body = { id, databaseUrl, ...description };
        await api.POST('/api/accounts/{account}/pbxs', { params: { path: { account } }, body });
      } else {
        const body = { ...description, ...(databaseUrl !== '' && { databaseUrl }) };
        await api.PUT('/api/accounts/{account}/pbxs/{pbx}', { params: { path: { account, pbx: id } }, body });
      }
      return id;
    },
    async onSuccess(id) {
      await queries.invalidateQueries({ queryKey: ['pbxs', account] });
      await queries.invalidateQueries({ queryKey: ['accounts'] });
      onSaved(id);
    },
  });
}

export function useRemovePbx(account: string, onRemoved: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (pbx: string) =>
      bodyOf(api.DELETE('/api/accounts/{account}/pbxs/{pbx}', { params: { path: { account, pbx } } })),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['pbxs', account] });
      onRemoved();
    },
  });
}

/** Looks whether it is set up as Ringflow needs it. */
export function useCheckPbx(account: string) {
  return useMutation({
    mutationFn: (pbx: string) =>
      bodyOf(api.POST('/api/accounts/{account}/pbxs/{pbx}/check', { params: { path: { account, pbx } } })),
  });
}

type AmiPath = paths['/api/accounts/{account}/pbxs/{pbx}/ami'];
export type AmiChange = NonNullable<AmiPath['put']['requestBody']>['content']['application/json'];

/** Says where AMI is and as whom one signs in; null: Ringflow does without. */
export function useSetAmi(account: string, pbx: string, onSaved: () => void) {
  const queries = useQueryClient();
  const path = { params: { path: { account, pbx } } };
  return useMutation({
    mutationFn: (ami: AmiChange | null) =>
      ami
        ? bodyOf(api.PUT('/api/accounts/{account}/pbxs/{pbx}/ami', { ...path, body: ami }))
        : bodyOf(api.DELETE('/api/accounts/{account}/pbxs/{pbx}/ami', path)),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['pbxs', account] });
      onSaved();
    },
  });
}

type RecordingsPath = paths['/api/accounts/{account}/pbxs/{pbx}/recordings'];
export type RecordingsChange = NonNullable<RecordingsPath['put']['requestBody']>['content']['application/json'];

/** Says where the PBX keeps its recordings. */
export function useSetRecordings(account: string, pbx: string, onSaved: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RecordingsChange) =>
      bodyOf(
        api.PUT('/api/accounts/{account}/pbxs/{pbx}/recordings', {
          params: { path: { account, pbx } },
          body,
        }),
      ),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['pbxs', account] });
      onSaved();
    },
  });
}
