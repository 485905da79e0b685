import { Button, Group, Modal, MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role, User, UserDescription } from '../../../../proto/user.ts';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { LinkToPassOn, linkTexts } from '../../../kit/session/link-to-pass-on.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import { useAccount } from '../../app/account.ts';
import { api } from '../../app/api.ts';
import { usersQuery } from './users-page.tsx';
import { texts } from './words.ts';

const readExtensions = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

/** Adds somebody, or changes who is there. @param user undefined: somebody new */
export function UserDialog({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const words = useWords(texts);
  const { title: linkTitle } = useWords(linkTexts);
  const [link, setLink] = useState<string>();
  const actions = useActions(user, setLink, onClose);
  return (
    <Modal opened onClose={onClose} title={link ? linkTitle : (user?.login ?? words.add)} size="md">
      {link ? (
        <LinkToPassOn link={link} onClose={onClose} />
      ) : (
        <UserForm user={user} onSave={actions.save.mutate} isSaving={actions.save.isPending}>
          {[actions.save, actions.remove, actions.renew, actions.signOut].map(
            ({ error }, index) => error && <Failure key={String(index)} error={error} />,
          )}
          {user && (
            <Group>
              <Button variant="light" loading={actions.renew.isPending} onClick={() => actions.renew.mutate(user.id)}>
                {words.newLink}
              </Button>
              <SureButton
                label={words.signOut}
                sure={words.signOutSure}
                isBusy={actions.signOut.isPending}
                onSure={() => actions.signOut.mutate(user.id)}
              />
              <SureButton
                label={words.remove}
                sure={words.removeSure}
                isBusy={actions.remove.isPending}
                onSure={() => actions.remove.mutate(user.id)}
              />
            </Group>
          )}
        </UserForm>
      )}
    </Modal>
  );
}

function useActions(user: User | undefined, onLink: (link: string) => void, onDone: () => void) {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: usersQuery.queryKey });
  const path = (id: number) => ({ params: { path: { id } } });
  return {
    save: useMutation({
      mutationFn: async (body: UserDescription) => {
        if (user) await api.PUT('/api/users/{id}', { ...path(user.id), body });
        else return (await bodyOf(api.POST('/api/users', { body }))).link;
      },
      onSuccess: (link) => (link === undefined ? onDone() : onLink(link)),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: number) => bodyOf(api.DELETE('/api/users/{id}', path(id))),
      onSuccess: onDone,
      onSettled,
    }),
    signOut: useMutation({
      mutationFn: (id: number) => bodyOf(api.DELETE('/api/users/{id}/sessions', path(id))),
      onSuccess: onDone,
    }),
    renew: useMutation({
      mutationFn: (id: number) => bodyOf(api.POST('/api/users/{id}/password-link', path(id))),
      onSuccess: ({ link }) => onLink(link),
    }),
  };
}

interface UserFormParts {
  user: User | undefined;
  onSave: (user: UserDescription) => void;
  isSaving: boolean;
  children: React.ReactNode;
}

function UserForm({ user, onSave, isSaving, children }: UserFormParts) {
  const words = useWords(texts);
  const { accounts } = useAccount();
  const form = useForm({
    initialValues: {
      login: user?.login ?? '',
      name: user?.name ?? '',
      role: user?.role ?? ('viewer' as Role),
      extensions: user?.extensions.join(', ') ?? '',
      accounts: user?.accounts ?? [],
    },
    validate: {
      extensions: (text) =>
        readExtensions(text).every((one) => /^\d{1,10}$/.test(one)) ? null : words.extensionsFault,
    },
  });
  const save = form.onSubmit(({ extensions, accounts: chosen, ...rest }) =>
    onSave({ ...rest, extensions: readExtensions(extensions), accounts: chosen.length > 0 ? chosen : null }),
  );
  return (
    <form onSubmit={save}>
      <Stack>
        <TextInput label={words.login} description={words.loginHint} required {...form.getInputProps('login')} />
        <TextInput label={words.name} required {...form.getInputProps('name')} />
        <Radio.Group label={words.role} {...form.getInputProps('role')}>
          <Stack gap="xs" mt="xs">
            {Object.entries(words.roles).map(([role, { label, description }]) => (
              <Radio key={role} value={role} label={label} description={description} />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.role === 'head' && (
          <TextInput
            label={words.extensions}
            description={words.extensionsHint}
            {...form.getInputProps('extensions')}
          />
        )}
        {accounts.length > 1 && form.values.role !== 'admin' && (
          <MultiSelect
            label={words.accounts}
            description={words.accountsHint}
            data={accounts.map(({ id }) => id)}
            {...form.getInputProps('accounts')}
          />
        )}
        {children}
        <Button type="submit" loading={isSaving}>
          {words.save}
        </Button>
      </Stack>
    </form>
  );
}
