import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { SignedIn } from '../features/session/signed-in.tsx';
import { Loading } from '../ui/loading.tsx';
import { AccountPages } from './account-pages.tsx';
import { Shell } from './shell.tsx';

const ChoosePassword = lazy(() => import('../features/session/choose-password.tsx'));
const Users = lazy(() => import('../features/users/users-page.tsx'));
const Sessions = lazy(() => import('../features/session/sessions-page.tsx'));

/** Which page stands at which address. */
export function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/password" component={ChoosePassword} />
        <Route>
          <SignedIn>
            <Shell>
              <Suspense fallback={<Loading />}>
                <Switch>
                  <Route path="/users" component={Users} />
                  <Route path="/sessions" component={Sessions} />
                  <Route component={AccountPages} />
                </Switch>
              </Suspense>
            </Shell>
          </SignedIn>
        </Route>
      </Switch>
    </Suspense>
  );
}
