import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Boundary } from './boundary.tsx';
import { LanguageProvider } from './language.tsx';
import { AskedBeforeLeaving } from './leaving.tsx';
import { Pages } from './pages.tsx';
import { createQueries } from './queries.ts';
import { Theme } from './theme.tsx';

const queries = createQueries();

export function App() {
  return (
    <LanguageProvider>
      <Theme>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" />
          <AskedBeforeLeaving>
            <Boundary>
              <Pages />
            </Boundary>
          </AskedBeforeLeaving>
        </QueryClientProvider>
      </Theme>
    </LanguageProvider>
  );
}
