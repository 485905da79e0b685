import { Alert, Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { useLanguage, useWords, type Words } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { licenceQuery } from './licence.ts';
import { standingColor, tellStanding } from './standing-words.ts';

/** Over every page while the licence is less than it was. */
export function LicenceBanner() {
  const words = useWords(texts);
  const { language } = useLanguage();
  const maySeeLicence = useUser().role !== 'head';
  const [location] = useLocation();
  const { data: licence } = useQuery(licenceQuery);
  const state = licence?.standing.state;
  const isThere = location.startsWith('/licence'); // that page says it itself
  if (!licence || isThere || (state !== 'grace' && state !== 'restricted')) return null;
  const { title, text } = tellStanding(licence, language);
  return (
    <section aria-label={words.name}>
      <Alert color={standingColor(licence.standing)} mb="md" maw={1100} title={title} role="status">
        <Text size="sm">
          {text}{' '}
          {maySeeLicence && (
            <Anchor component={Link} href="/licence" inherit c="inherit" td="underline">
              {words.open}
            </Anchor>
          )}
        </Text>
      </Alert>
    </section>
  );
}

const texts: Words<Record<'name' | 'open', string>> = {
  ru: { name: 'Лицензия', open: 'Что делать' },
  en: { name: 'Licence', open: 'What to do' },
};
