import { Alert, Button, Group, Modal, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { paths } from '../../../../proto/generated/licensing.ts';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { LinkToPassOn, linkTexts } from '../../../kit/session/link-to-pass-on.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import { api, type Role, type User } from '../../app/api.ts';
import { useDeed } from '../../ui/deed.ts';
import { partnersQuery } from '../customers/customers.ts';
import { texts } from './words.ts';

type UserDescription = NonNullable<paths['/api/users']['post']['requestBody']>['content']['application/json'];

/** Adds somebody, or changes who is there. @param user undefined: somebody new */
export function UserDialog({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const words = useWords(texts);
  const { title: linkTitle } = useWords(linkTexts);
  const [link, setLink] = useState<string>();
  const save = useDeed(
    async (body: UserDescription) => {
      if (!user) return (await bodyOf(api.POST('/api/users', { body }))).link;
      await api.PUT('/api/users/{id}', { params: { path: { id: user.id } }, body });
      return undefined;
    },
    { onDone: (made) => (made === undefined ? onClose() : setLink(made)) },
  );
  return (
    <Modal opened onClose={onClose} title={link ? linkTitle : (user?.login ?? words.add)}>
      {link ? (
        <LinkToPassOn link={link} onClose={onClose} />
      ) : (
        <UserForm user={user} onSave={save.mutate} isSaving={save.isPending}>
          {save.isError && <Failure error={save.error} />}
          {user && <Deeds user={user} onLink={setLink} onClose={onClose} />}
        </UserForm>
      )}
    </Modal>
  );
}

interface DeedsParts {
  user: User;
  onLink: (link: string) => void;
  onClose: () => void;
}

function Deeds({ user: { id }, onLink, onClose }: DeedsParts) {
  const words = useWords(texts);
  const path = { params: { path: { id } } };
  const renew = useDeed(() => bodyOf(api.POST('/api/users/{id}/password-link', path)), {
    onDone: (made) => onLink(made.link),
  });
  const signOut = useDeed(() => bodyOf(api.DELETE('/api/users/{id}/sessions', path)), {
    ...{ said: words.signedOut, onDone: onClose },
  });
  const remove = useDeed(() => bodyOf(api.DELETE('/api/users/{id}', path)), { onDone: onClose });
  return (
    <>
      {renew.isError && <Failure error={renew.error} />}
      {signOut.isError && <Failure error={signOut.error} />}
      {remove.isError && <Failure error={remove.error} />}
      <Group>
        <Button variant="light" loading={renew.isPending} onClick={() => renew.mutate(undefined)}>
          {words.newLink}
        </Button>
        <SureButton
          label={words.signOut}
          sure={words.signOutSure}
          isBusy={signOut.isPending}
          onSure={() => signOut.mutate(undefined)}
        />
        <SureButton
          label={words.remove}
          sure={words.removeSure}
          isBusy={remove.isPending}
          onSure={() => remove.mutate(undefined)}
        />
      </Group>
    </>
  );
}

interface UserFormParts {
  user: User | undefined;
  onSave: (user: UserDescription) => void;
  isSaving: boolean;
  children: React.ReactNode;
}

function UserForm({ user, onSave, isSaving, children }: UserFormParts) {
  const words = useWords(texts);
  const { data: partners = [] } = useQuery(partnersQuery);
  const form = useForm({
    initialValues: {
      ...{ login: user?.login ?? '', name: user?.name ?? '', role: user?.role ?? ('support' as Role) },
      partner: user?.partnerId ? String(user.partnerId) : null,
    },
    validate: {
      login: (login) => (/^[\p{L}\d._%+@-]{2,100}$/u.test(login.trim()) ? null : words.loginFault),
      name: (name) => (name.trim() === '' ? words.nameFault : null),
      partner: (partner, { role }) => (role === 'partner' && partner === null ? words.partnerFault : null),
    },
  });
  const isPartner = form.values.role === 'partner';
  const save = form.onSubmit(({ login, name, role, partner }) =>
    onSave({ login: login.trim(), name: name.trim(), role, partnerId: isPartner ? Number(partner) : null }),
  );
  return (
    <form onSubmit={save} noValidate>
      <Stack>
        <TextInput
          label={words.login}
          description={words.loginHint}
          required
          data-autofocus
          {...form.getInputProps('login')}
        />
        <TextInput label={words.name} required maxLength={100} {...form.getInputProps('name')} />
        <Radio.Group label={words.role} {...form.getInputProps('role')}>
          <Stack gap="xs" mt="xs">
            {Object.entries(words.roles).map(([role, { label, description }]) => (
              <Radio key={role} value={role} label={label} description={description} />
            ))}
          </Stack>
        </Radio.Group>
        {isPartner && partners.length === 0 && <Alert color="orange">{words.noPartners}</Alert>}
        {isPartner && partners.length > 0 && (
          <Select
            label={words.partner}
            data={partners.map(({ id, name }) => ({ value: String(id), label: name }))}
            required
            {...form.getInputProps('partner')}
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
