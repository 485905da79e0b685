import { Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useContext } from 'react';
import { bodyOf } from '../api.ts';
import { Failure } from '../failure.tsx';
import { useWords, type Words } from '../language.tsx';
import { Door, WelcomeWords } from './door.tsx';
import { doors } from './doors.ts';
import { sessionQuery } from './user.ts';

/** Name and password. @param reason why it is asked for again */
export function SignIn({ reason }: { reason?: string }) {
  const words = useWords(texts);
  const welcome = useWords(useContext(WelcomeWords));
  const queries = useQueryClient();
  const form = useForm({ mode: 'uncontrolled', initialValues: { login: '', password: '' } });
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => bodyOf(doors.POST('/api/session', { body })),
    onSuccess: (user) => queries.setQueryData(sessionQuery.queryKey, user),
  });
  return (
    <Door title={welcome.title} onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      {reason && <Text size="sm">{reason}</Text>}
      <TextInput label={words.login} autoComplete="username" required autoFocus {...form.getInputProps('login')} />
      <PasswordInput
        label={words.password}
        autoComplete="current-password"
        required
        {...form.getInputProps('password')}
      />
      {signIn.isError && <Failure error={signIn.error} />}
      <Button type="submit" loading={signIn.isPending}>
        {words.enter}
      </Button>
      {!reason && (
        <Text size="sm" c="dimmed">
          {welcome.first}
        </Text>
      )}
    </Door>
  );
}

const texts: Words<Record<'login' | 'password' | 'enter', string>> = {
  ru: { login: 'Имя', password: 'Пароль', enter: 'Войти' },
  en: { login: 'Name', password: 'Password', enter: 'Sign in' },
};
