import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Boundary } from '../../kit/boundary.tsx';
import { LanguageProvider } from '../../kit/language.tsx';
import { createQueries } from '../../kit/queries.ts';
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
            <AskedBeforeLeaving>
              <Boundary>
                <Pages />
              </Boundary>
            </AskedBeforeLeaving>
          </FaultsInWords>
        </QueryClientProvider>
      </Theme>
    </LanguageProvider>
  );
}
