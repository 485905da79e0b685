import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Boundary } from '../../kit/boundary.tsx';
import { LanguageProvider, type Words } from '../../kit/language.tsx';
import { createQueries } from '../../kit/queries.ts';
import { type Welcome, WelcomeWords } from '../../kit/session/door.tsx';
import { Theme } from '../../kit/theme.tsx';
import { Pages } from './pages.tsx';

const queries = createQueries();

export function App() {
  return (
    <LanguageProvider>
      <Theme>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" />
          <WelcomeWords.Provider value={welcome}>
            <Boundary>
              <Pages />
            </Boundary>
          </WelcomeWords.Provider>
        </QueryClientProvider>
      </Theme>
    </LanguageProvider>
  );
}

const welcome: Words<Welcome> = {
  ru: {
    title: 'Вход на сервер лицензий',
    first: 'Первый вход — по ссылке, которую печатает bin/ringflow-licensing user link.',
  },
  en: {
    title: 'Sign in to the licensing server',
    first: 'For the first time come by the link that bin/ringflow-licensing user link prints.',
  },
};
