import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Boundary } from '../../kit/boundary.tsx';
import { LanguageProvider, type Words } from '../../kit/language.tsx';
import { createQueries } from '../../kit/queries.ts';
import { type Welcome, WelcomeWords } from '../../kit/session/door.tsx';
import { Theme } from '../../kit/theme.tsx';
import { FaultsInWords } from '../ui/faults-in-words.tsx';
import { AskedBeforeLeaving } from './leaving.tsx';
import { Pages } from './pages.tsx';

const queries = createQueries();

export function App() {
  return (
    <LanguageProvider>
      <Theme>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" />
          <FaultsInWords>
            <WelcomeWords.Provider value={welcome}>
              <AskedBeforeLeaving>
                <Boundary>
                  <Pages />
                </Boundary>
              </AskedBeforeLeaving>
            </WelcomeWords.Provider>
          </FaultsInWords>
        </QueryClientProvider>
      </Theme>
    </LanguageProvider>
  );
}

const welcome: Words<Welcome> = {
  ru: {
    title: 'Вход в Ringflow',
    first: 'Первый вход — по ссылке, которую печатает bin/up (ещё раз её печатает bin/ringflow user link).',
  },
  en: {
    title: 'Sign in to Ringflow',
    first: 'For the first time come by the link that bin/up prints (bin/ringflow user link prints another).',
  },
};
