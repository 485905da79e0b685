import { Divider } from '@mantine/core';
import type { ReactNode } from 'react';
import { Frame, MenuEntry } from '../../kit/frame.tsx';
import { useWords, type Words } from '../../kit/language.tsx';
import { useMay } from './may.ts';

/** The frame around all pages, with their menu. */
export function Shell({ children }: { children: ReactNode }) {
  const words = useWords(texts);
  return (
    <Frame title={words.title} menu={<Navigation />}>
      {children}
    </Frame>
  );
}

function Navigation() {
  const words = useWords(texts);
  const may = useMay();
  return (
    <>
      <MenuEntry address="/" label={words.overview} />
      <MenuEntry address="/customers" label={words.customers} />
      <MenuEntry address="/installations" label={words.installations} />
      <MenuEntry address="/trials" label={words.trials} />
      <MenuEntry address="/history" label={words.history} />
      {may('see-partners') && <Divider my="xs" label={words.people} labelPosition="left" />}
      {may('see-partners') && <MenuEntry address="/partners" label={words.partners} />}
      {may('manage-users') && <MenuEntry address="/users" label={words.users} />}
    </>
  );
}

type Label =
  | 'title'
  | 'overview'
  | 'customers'
  | 'installations'
  | 'trials'
  | 'history'
  | 'people'
  | 'partners'
  | 'users';

const texts: Words<Record<Label, string>> = {
  ru: {
    ...{ title: 'Лицензии', overview: 'Обзор', customers: 'Клиенты', installations: 'Установки' },
    ...{ trials: 'Пробные периоды', history: 'История', people: 'Кто работает' },
    ...{ partners: 'Партнёры', users: 'Пользователи' },
  },
  en: {
    ...{ title: 'Licences', overview: 'Overview', customers: 'Customers', installations: 'Installations' },
    ...{ trials: 'Trials', history: 'History', people: 'People', partners: 'Partners', users: 'Users' },
  },
};
