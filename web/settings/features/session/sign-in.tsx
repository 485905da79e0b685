import { Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf } from '../../../kit/api.ts';
import { Door } from '../../../kit/door.tsx';
import { Failure } from '../../../kit/failure.tsx';
import { useWords, type Words } from '../../../kit/language.tsx';
import { api } from '../../app/api.ts';
import { sessionQuery } from './user.ts';

/** Name and password. @param reason why it is asked for again */
export function SignIn({ reason }: { reason?: string }) {
  const words = useWords(texts);
  const queries = useQueryClient();
  const form = useForm({ mode: 'uncontrolled', initialValues: { login: '', password: '' } });
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => bodyOf(api.POST('/api/session', { body })),
    onSuccess: (user) => queries.setQueryData(sessionQuery.queryKey, user),
  });
  return (
    <Door title={words.title} onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
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
          {words.first}
        </Text>
      )}
    </Door>
  );
}

const texts: Words<Record<'title' | 'login' | 'password' | 'enter' | 'first', string>> = {
  ru: {
    ...{ title: 'Вход в Ringflow', login: 'Имя', password: 'Пароль', enter: 'Войти' },
    first: 'Первый вход — по ссылке, которую печатает bin/up (ещё раз её печатает bin/ringflow user link).',
  },
  en: {
    ...{ title: 'Sign in to Ringflow', login: 'Name', password: 'Password', enter: 'Sign in' },
    first: 'For the first time come by the link that bin/up prints (bin/ringflow user link prints another).',
  },
};
