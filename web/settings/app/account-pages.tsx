import { Redirect, Route, Switch } from 'wouter';
import { EmptyState } from '../../kit/empty-state.tsx';
import { useWords, type Words } from '../../kit/language.tsx';
import { lazyPage } from '../../kit/lazy-page.ts';
import { useUser } from '../../kit/session/user.ts';
import { addressOf, useAccount } from './account.ts';

const Alerts = lazyPage(() => import('../features/alerts/alerts-page.tsx'));
const Backfills = lazyPage(() => import('../features/backfill/backfill-page.tsx'));
const Backfill = lazyPage(() => import('../features/backfill/result-page.tsx'));
const Pbxs = lazyPage(() => import('../features/pbxs/pbxs-page.tsx'));
const Pbx = lazyPage(() => import('../features/pbxs/pbx-page.tsx'));
const Amocrm = lazyPage(() => import('../features/amocrm/amocrm-page.tsx'));
const FirstAccount = lazyPage(() => import('../features/amocrm/first-account.tsx'));
const Numbers = lazyPage(() => import('../features/numbers/numbers-page.tsx'));
const Start = lazyPage(() => import('../features/start/start-page.tsx'));
const Employees = lazyPage(() => import('../features/employees/employees-page.tsx'));
const Journal = lazyPage(() => import('../features/journal/journal-page.tsx'));
const Call = lazyPage(() => import('../features/journal/call-page.tsx'));
const Live = lazyPage(() => import('../features/live/live-page.tsx'));
const Recordings = lazyPage(() => import('../features/recordings/recordings-page.tsx'));
const Privacy = lazyPage(() => import('../features/privacy/privacy-page.tsx'));
const Reports = lazyPage(() => import('../features/reports/reports-page.tsx'));
const Observe = lazyPage(() => import('../features/observe/observe-page.tsx'));
const General = lazyPage(() => import('../features/general/general-page.tsx'));
const Rules = lazyPage(() => import('../features/rules/rules-page.tsx'));
const Routing = lazyPage(() => import('../features/routing/routing-page.tsx'));
const Calling = lazyPage(() => import('../features/calling/calling-page.tsx'));
const History = lazyPage(() => import('../features/history/history-page.tsx'));

/** The pages of one account. */
export function AccountPages() {
  const { accounts, account } = useAccount();
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  if (accounts.length === 0 && isAdmin) return <FirstAccount />;
  if (!account) return <EmptyState title={words.none} text={words.noneText} />;
  const at = (page: string) => `/accounts/:account/${page}`;
  return (
    <Switch>
      <Route path="/">
        <Redirect to={addressOf(account.id, 'start')} replace />
      </Route>
      <Route path={at('start')}>
        <Start account={account} />
      </Route>
      <Route path={at('amocrm')}>
        <Amocrm key={account.id} account={account} />
      </Route>
      <Route path={at('employees')}>
        <Employees key={account.id} account={account} />
      </Route>
      <Route path={at('journal')}>
        <Journal key={account.id} account={account} />
      </Route>
      <Route path={at('journal/:pbx/:linkedid')}>
        <Call account={account} />
      </Route>
      <Route path={at('live')}>
        <Live key={account.id} account={account} />
      </Route>
      <Route path={at('reports')}>
        <Reports key={account.id} account={account} />
      </Route>
      <Route path={at('pbxs')}>
        <Pbxs key={account.id} account={account} />
      </Route>
      <Route path={at('pbxs/:pbx')}>
        <Pbx account={account} />
      </Route>
      <Route path={at('numbers/:tab?')}>
        <Numbers key={account.id} account={account} />
      </Route>
      <Route path={at('rules')}>
        <Rules key={account.id} account={account} />
      </Route>
      <Route path={at('routing')}>
        <Routing key={account.id} account={account} />
      </Route>
      <Route path={at('calling')}>
        <Calling key={account.id} account={account} />
      </Route>
      <Route path={at('recordings')}>
        <Recordings key={account.id} account={account} />
      </Route>
      <Route path={at('privacy')}>
        <Privacy key={account.id} account={account} />
      </Route>
      <Route path={at('alerts')}>
        <Alerts key={account.id} account={account} />
      </Route>
      <Route path={at('observe')}>
        <Observe key={account.id} account={account} />
      </Route>
      <Route path={at('backfill')}>
        <Backfills key={account.id} account={account} />
      </Route>
      <Route path={at('backfill/:backfill')}>
        <Backfill account={account} />
      </Route>
      <Route path={at('general')}>
        <General key={account.id} account={account} />
      </Route>
      <Route path={at('history')}>
        <History account={account} />
      </Route>
      <Route>
        <EmptyState title={words.nothing} text={words.nothingText} />
      </Route>
    </Switch>
  );
}

const texts: Words<Record<'none' | 'noneText' | 'nothing' | 'nothingText', string>> = {
  ru: {
    none: 'Здесь нет аккаунта amoCRM для вас',
    noneText: 'Администратор Ringflow открывает вам аккаунты на странице «Пользователи».',
    nothing: 'Такой страницы нет',
    nothingText: 'Выберите другую в меню.',
  },
  en: {
    none: 'There is no amoCRM account for you here',
    noneText: 'An administrator of Ringflow gives you accounts on the page “Users”.',
    nothing: 'There is no such page',
    nothingText: 'Choose another in the menu.',
  },
};
