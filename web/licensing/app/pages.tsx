import { type ReactNode, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Boundary } from '../../kit/boundary.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { useWords, type Words } from '../../kit/language.tsx';
import { lazyPage } from '../../kit/lazy-page.ts';
import { Loading } from '../../kit/loading.tsx';
import { SignedIn } from '../../kit/session/signed-in.tsx';
import { Shell } from './shell.tsx';

const ChoosePassword = lazyPage(() => import('../../kit/session/choose-password.tsx'));
const Sessions = lazyPage(() => import('../../kit/session/sessions-page.tsx'));
const Overview = lazyPage(() => import('../features/overview/overview-page.tsx'));
const Customers = lazyPage(() => import('../features/customers/customers-page.tsx'));
const Customer = lazyPage(() => import('../features/customers/customer-page.tsx'));
const Installations = lazyPage(() => import('../features/installations/installations-page.tsx'));
const Trials = lazyPage(() => import('../features/trials/trials-page.tsx'));
const Partners = lazyPage(() => import('../features/partners/partners-page.tsx'));
const Users = lazyPage(() => import('../features/users/users-page.tsx'));
const History = lazyPage(() => import('../features/history/history-page.tsx'));

/** A page that can't be shown leaves the menu, and does not follow to the next page. */
function PageBoundary({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  return <Boundary at={location}>{children}</Boundary>;
}

/** Which page stands at which address; licensing/web.ts serves the same. */
export function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/password" component={ChoosePassword} />
        <Route>
          <SignedIn>
            <Shell>
              <PageBoundary>
                <Suspense fallback={<Loading />}>
                  <OfAddress />
                </Suspense>
              </PageBoundary>
            </Shell>
          </SignedIn>
        </Route>
      </Switch>
    </Suspense>
  );
}

function OfAddress() {
  const words = useWords(texts);
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/customers" component={Customers} />
      <Route path="/customers/:id">{({ id }) => <Customer key={id} id={Number(id)} />}</Route>
      <Route path="/installations" component={Installations} />
      <Route path="/trials" component={Trials} />
      <Route path="/partners" component={Partners} />
      <Route path="/users" component={Users} />
      <Route path="/history" component={History} />
      <Route path="/sessions" component={Sessions} />
      <Route>
        <EmptyState title={words.nothing} text={words.nothingText} />
      </Route>
    </Switch>
  );
}

const texts: Words<Record<'nothing' | 'nothingText', string>> = {
  ru: { nothing: 'Такой страницы нет', nothingText: 'Выберите другую в меню.' },
  en: { nothing: 'There is no such page', nothingText: 'Choose another in the menu.' },
};
