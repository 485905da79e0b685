import { Divider, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Frame, MenuEntry } from '../../kit/frame.tsx';
import { useWords, type Words } from '../../kit/language.tsx';
import { useUser } from '../../kit/session/user.ts';
import { LicenceBanner } from '../features/licence/banner.tsx';
import { OverallBadge } from '../features/start/overall-badge.tsx';
import { addressOf, useAccount } from './account.ts';

/** The frame around all pages, with their menu and the account that they are of. */
export function Shell({ children }: { children: ReactNode }) {
  const { account } = useAccount();
  return (
    <Frame
      title="Ringflow"
      beside={account && <OverallBadge accountId={account.id} />}
      choice={<AccountChoice />}
      menu={<Navigation />}
    >
      <LicenceBanner />
      {children}
    </Frame>
  );
}

function Navigation() {
  const { account } = useAccount();
  const words = useWords(texts);
  const user = useUser();
  const ofAccount = (pages: readonly Page[]) =>
    account && pages.map((page) => <MenuEntry key={page} address={addressOf(account.id, page)} label={words[page]} />);
  return (
    <>
      {ofAccount(dailyPages)}
      {account && <Divider my="xs" label={words.setUp} labelPosition="left" />}
      {ofAccount(setUpPages.filter((page) => page !== 'backfill' || user.role === 'admin'))}
      {user.role !== 'head' && <MenuEntry address="/licence" label={words.licence} />}
      {user.role === 'admin' && <MenuEntry address="/users" label={words.users} />}
    </>
  );
}

/** What one looks at every day, and what is set now and then. */
const dailyPages = ['start', 'live', 'journal', 'reports'] as const;
const setUpPages = [
  ...(['amocrm', 'pbxs', 'employees', 'numbers', 'rules', 'calling', 'routing', 'recordings'] as const),
  ...(['privacy', 'observe', 'backfill', 'alerts', 'general', 'history'] as const),
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

type Page = (typeof dailyPages)[number] | (typeof setUpPages)[number];
type Label = Page | 'account' | 'setUp' | 'licence' | 'users';

const texts: Words<Record<Label, string>> = {
  ru: {
    ...{ account: 'Аккаунт amoCRM', setUp: 'Настройка' },
    ...{ start: 'Начало', live: 'Звонки сейчас', journal: 'Журнал звонков', reports: 'Отчёты' },
    ...{ amocrm: 'amoCRM', pbxs: 'АТС', employees: 'Сотрудники', numbers: 'Номера и часы', rules: 'Правила' },
    ...{ routing: 'Маршрутизация', recordings: 'Записи', privacy: 'Персональные данные' },
    ...{
      observe: 'Наблюдение',
      backfill: 'Прошлые звонки',
      alerts: 'Оповещения',
      general: 'Общее',
      history: 'История настроек',
    },
    ...{ calling: 'Звонки из amoCRM', licence: 'Лицензия', users: 'Пользователи' },
  },
  en: {
    ...{ account: 'amoCRM account', setUp: 'Set-up' },
    ...{ start: 'Start', live: 'Calls now', journal: 'Journal', reports: 'Reports' },
    ...{ amocrm: 'amoCRM', pbxs: 'PBXs', employees: 'Employees', numbers: 'Numbers and hours', rules: 'Rules' },
    ...{ routing: 'Routing', recordings: 'Recordings', privacy: 'Personal data' },
    ...{
      observe: 'Observe',
      backfill: 'Calls of the past',
      alerts: 'Alerts',
      general: 'General',
      history: 'History of settings',
    },
    ...{ calling: 'Calls from amoCRM', licence: 'Licence', users: 'Users' },
  },
};
