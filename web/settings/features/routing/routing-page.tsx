import { Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { FeatureNotice } from '../licence/feature-notice.tsx';
import { pbxsQuery } from '../pbxs/pbxs.ts';
import { type PresentSettings, settingsQuery } from '../settings/settings.ts';
import { OnThePbx } from './on-the-pbx.tsx';
import { RoutingForm } from './routing-form.tsx';
import { texts } from './words.ts';

/** Who is rung for a call before the PBX takes its default route. */
export default function RoutingPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const pbxs = useQuery(pbxsQuery(account.id));
  const settings = useQuery(settingsQuery(account.id));
  return (
    <Page title={words.title} about={words.about}>
      <FeatureNotice deed="route" />
      <Asked query={pbxs}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={words.noPbx} text={words.noPbxText} />
          ) : (
            <Asked query={settings}>
              {(present) => <OfPbxs account={account} pbxIds={list.map(({ id }) => id)} present={present} />}
            </Asked>
          )
        }
      </Asked>
    </Page>
  );
}

interface OfPbxsParts {
  account: Account;
  pbxIds: string[];
  present: PresentSettings;
}

/** One PBX after the other; which one stands in the address. */
function OfPbxs({ account, pbxIds, present }: OfPbxsParts) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const [search, setSearch] = useSearchParams();
  const pbxId = pbxIds.find((id) => id === search.get('pbx')) ?? String(pbxIds[0]);
  const ofOne = (
    <Stack gap="xl">
      <RoutingForm account={account} pbxId={pbxId} present={present} />
      {isAdmin && <OnThePbx key={pbxId} accountId={account.id} pbxId={pbxId} />}
    </Stack>
  );
  if (pbxIds.length === 1) return ofOne;
  return (
    <Tabs value={pbxId} onChange={(id) => id !== null && setSearch({ pbx: id }, { replace: true })}>
      <Tabs.List aria-label={words.pbx}>
        {pbxIds.map((id) => (
          <Tabs.Tab key={id} value={id}>
            {id}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={pbxId} pt="md">
        {ofOne}
      </Tabs.Panel>
    </Tabs>
  );
}
