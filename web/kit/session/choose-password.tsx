import { Button, PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { bodyOf } from '../api.ts';
import { Failure } from '../failure.tsx';
import { useWords, type Words } from '../language.tsx';
import { Asked } from '../query.tsx';
import { Door } from './door.tsx';
import { doors } from './doors.ts';
import { sessionQuery } from './user.ts';

const fewestCharacters = 10;

/** Whoever has come by a link chooses a password. The token stands behind the #, where no server and no log sees it. */
export default function ChoosePassword() {
  const words = useWords(texts);
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useQuery({
    queryKey: ['password-link', token],
    queryFn: () => bodyOf(doors.POST('/api/password-link', { body: { token } })),
  });
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '', again: '' },
    validate: {
      password: (password) => (password.length < fewestCharacters ? words.short : null),
      again: (again, { password }) => (again === password ? null : words.different),
    },
  });
  const choose = useMutation({
    mutationFn: (password: string) => bodyOf(doors.POST('/api/password', { body: { token, password } })),
    onSuccess(user) {
      queries.setQueryData(sessionQuery.queryKey, user);
      go('/');
    },
  });
  return (
    <Door title={words.title} onSubmit={form.onSubmit(({ password }) => choose.mutate(password))}>
      <Asked query={link}>
        {({ login, name }) => (
          <>
            <Text>{words.hello(name, login)}</Text>
            <input type="hidden" autoComplete="username" value={login} readOnly />
            <PasswordInput
              label={words.password}
              description={words.short}
              autoComplete="new-password"
              required
              autoFocus
              {...form.getInputProps('password')}
            />
            <PasswordInput label={words.again} autoComplete="new-password" required {...form.getInputProps('again')} />
            {choose.isError && <Failure error={choose.error} />}
            <Button type="submit" loading={choose.isPending}>
              {words.save}
            </Button>
          </>
        )}
      </Asked>
    </Door>
  );
}

interface Texts {
  title: string;
  hello(name: string, login: string): string;
  password: string;
  short: string;
  again: string;
  different: string;
  save: string;
}

const texts: Words<Texts> = {
  ru: {
    title: 'Придумайте пароль',
    hello: (name, login) => `${name}, входить вы будете под именем «${login}».`,
    password: 'Пароль',
    short: `Не короче ${fewestCharacters} знаков`,
    again: 'Ещё раз',
    different: 'Пароли различаются',
    save: 'Сохранить и войти',
  },
  en: {
    title: 'Choose a password',
    hello: (name, login) => `${name}, you will sign in as “${login}”.`,
    password: 'Password',
    short: `At least ${fewestCharacters} characters`,
    again: 'Once more',
    different: 'The passwords differ',
    save: 'Save and sign in',
  },
};
