import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { FeatureNotice } from '../licence/feature-notice.tsx';
import { BackfillList } from './backfill-list.tsx';
import { BeginForm } from './begin-form.tsx';
import { texts } from './words.ts';

/** Calls that nobody has read are brought into amoCRM later. */
export default function BackfillPage({ account }: { account: Account }) {
  const words = useWords(texts);
  if (useUser().role !== 'admin') return <EmptyState title={words.notYours} text={words.notYoursText} />;
  return (
    <Page title={words.title} about={words.about}>
      <FeatureNotice deed="backfill" isOfSettings={false} />
      {account.pbxs.length === 0 ? (
        <EmptyState title={words.noPbx} text={words.noPbxText} />
      ) : (
        <BeginForm account={account} />
      )}
      <BackfillList account={account} />
    </Page>
  );
}
