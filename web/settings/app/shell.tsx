import { AppShell, Burger, Button, Divider, Group, Menu, NavLink, ScrollArea, Select, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords, type Words } from '../../kit/language.tsx';
import { LanguageChoice } from '../../kit/language-choice.tsx';
import { useSignOut, useUser } from '../../kit/session/user.ts';
import { OverallBadge } from '../features/start/overall-badge.tsx';
import { addressOf, useAccount } from './account.ts';

/** The frame around all pages: menu, account, language, who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const [location] = useLocation();
  const { account } = useAccount();
  const words = useWords(texts);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu of a narrow screen
  useEffect(close, [location]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={words.menu} />
            <Title order={1} size="h3">
              Ringflow
            </Title>
            {account && <OverallBadge accountId={account.id} />}
          </Group>
          <Group gap="xs" wrap="nowrap">
            <AccountChoice />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={words.menu}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main>{children}</AppShell.Main>
    </AppShell>
  );
}

function Navigation() {
  const { account } = useAccount();
  const words = useWords(texts);
  const [location] = useLocation();
  const user = useUser();
  const entry = (address: string, label: string) => (
    <NavLink key={address} component={Link} href={address} label={label} active={location.startsWith(address)} />
  );
  return (
    <AppShell.Section grow component={ScrollArea}>
      {account && dailyPages.map((page) => entry(addressOf(account.id, page), words[page]))}
      {account && <Divider my="xs" label={words.setUp} labelPosition="left" />}
      {account && setUpPages.map((page) => entry(addressOf(account.id, page), words[page]))}
      {user.role === 'admin' && entry('/users', words.users)}
    </AppShell.Section>
  );
}

/** What one looks at every day, and what is set now and then. */
const dailyPages = ['start', 'live', 'journal', 'reports'] as const;
const setUpPages = [
  ...(['amocrm', 'pbxs', 'employees', 'numbers', 'rules', 'calling', 'routing', 'recordings'] as const),
  ...(['observe', 'alerts', 'general', 'history'] as const),
];

function AccountChoice() {
  const { accounts, account } = useAccount();
  const [, go] = useLocation();
  const words = useWords(texts);
  if (accounts.length < 2) return null;
  return (
    <Select
      aria-label={words.account}
      data={accounts.map(({ id }) => id)}
      value={account?.id ?? null}
      allowDeselect={false}
      onChange={(id) => id !== null && go(addressOf(id, 'start'))}
      w={{ base: 130, sm: 220 }}
    />
  );
}

function PersonMenu() {
  const words = useWords(texts);
  const user = useUser();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="sm" maw={160}>
          {user.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageChoice m="xs" />
        <Menu.Item component={Link} href="/sessions">
          {words.sessions}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{words.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type Page = (typeof dailyPages)[number] | (typeof setUpPages)[number];
type Label = Page | 'menu' | 'account' | 'sessions' | 'signOut' | 'setUp' | 'users';

const texts: Words<Record<Label, string>> = {
  ru: {
    ...{ menu: 'Меню', account: 'Аккаунт amoCRM', sessions: 'Мои входы', signOut: 'Выйти', setUp: 'Настройка' },
    ...{ start: 'Начало', live: 'Звонки сейчас', journal: 'Журнал звонков', reports: 'Отчёты' },
    ...{ amocrm: 'amoCRM', pbxs: 'АТС', employees: 'Сотрудники', numbers: 'Номера и часы', rules: 'Правила' },
    ...{ routing: 'Маршрутизация', recordings: 'Записи' },
    ...{ observe: 'Наблюдение', alerts: 'Оповещения', general: 'Общее', history: 'История настроек' },
    ...{ calling: 'Звонки из amoCRM', users: 'Пользователи' },
  },
  en: {
    ...{ menu: 'Menu', account: 'amoCRM account', sessions: 'My sessions', signOut: 'Sign out', setUp: 'Set-up' },
    ...{ start: 'Start', live: 'Calls now', journal: 'Journal', reports: 'Reports' },
    ...{ amocrm: 'amoCRM', pbxs: 'PBXs', employees: 'Employees', numbers: 'Numbers and hours', rules: 'Rules' },
    ...{ routing: 'Routing', recordings: 'Recordings' },
    ...{ observe: 'Observe', alerts: 'Alerts', general: 'General', history: 'History of settings' },
    ...{ calling: 'Calls from amoCRM', users: 'Users' },
  },
};
