import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { useCatalogue } from '../employees/catalogue.ts';
import { FeatureNotice } from '../licence/feature-notice.tsx';
import { settingsQuery } from '../settings/settings.ts';
import { CallingForm } from './calling-form.tsx';
import { Standing } from './standing.tsx';
import { WidgetDownload } from './widget-download.tsx';
import { texts } from './words.ts';

/** All that calls by a click in amoCRM need: how it stands, the widget, and the ways in which calls are placed. */
export default function CallingPage({ account }: { account: Account }) {
  const words = useWords(texts);
  useCatalogue(account.id, useUser().role === 'admin'); // or nobody's phone may be known yet
  const settings = useQuery(settingsQuery(account.id));
  return (
    <Page title={words.title} about={words.about}>
      <FeatureNotice deed="click" />
      <Standing account={account} />
      <WidgetDownload accountId={account.id} />
      <Asked query={settings}>{(present) => <CallingForm account={account} present={present} />}</Asked>
    </Page>
  );
}
