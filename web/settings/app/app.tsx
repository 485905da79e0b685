import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiFailure } from './api.ts';
import { LanguageProvider } from './language.tsx';
import { AskedBeforeLeaving } from './leaving.tsx';
import { Pages } from './pages.tsx';
import { Theme } from './theme.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // what the server has refused it refuses again
      retry: (count, error) => count < 2 && !(error instanceof ApiFailure && error.status >= 400 && error.status < 500),
    },
  },
});

export function App() {
  return (
    <LanguageProvider>
      <Theme>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" />
          <AskedBeforeLeaving>
            <Pages />
          </AskedBeforeLeaving>
        </QueryClientProvider>
      </Theme>
    </LanguageProvider>
  );
}
