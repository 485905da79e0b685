import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Account } from '../../app/account.ts';
import { settingsQuery } from '../settings/settings.ts';
import { AlertsForm } from './alerts-form.tsx';
import { texts } from './words.ts';

/** Who is told of what is not right, and about what. */
export default function AlertsPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const settings = useQuery(settingsQuery(account.id));
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={settings}>{(present) => <AlertsForm accountId={account.id} present={present} />}</Asked>
    </Page>
  );
}
