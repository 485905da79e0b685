import { type ReactNode, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Boundary } from '../../kit/boundary.tsx';
import { lazyPage } from '../../kit/lazy-page.ts';
import { Loading } from '../../kit/loading.tsx';
import { SignedIn } from '../../kit/session/signed-in.tsx';
import { AccountPages } from './account-pages.tsx';
import { Shell } from './shell.tsx';

const ChoosePassword = lazyPage(() => import('../../kit/session/choose-password.tsx'));
const Licence = lazyPage(() => import('../features/licence/licence-page.tsx'));
const Users = lazyPage(() => import('../features/users/users-page.tsx'));
const Sessions = lazyPage(() => import('../../kit/session/sessions-page.tsx'));

/** A page that can't be shown leaves the menu, and does not follow to the next page. */
function PageBoundary({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  return <Boundary at={location}>{children}</Boundary>;
}

/** Which page stands at which address. */
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
                  <Switch>
                    <Route path="/licence" component={Licence} />
                    <Route path="/users" component={Users} />
                    <Route path="/sessions" component={Sessions} />
                    <Route component={AccountPages} />
                  </Switch>
                </Suspense>
              </PageBoundary>
            </Shell>
          </SignedIn>
        </Route>
      </Switch>
    </Suspense>
  );
}
