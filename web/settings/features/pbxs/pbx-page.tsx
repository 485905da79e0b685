import { Anchor, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'wouter';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { type Account, addressOf } from '../../app/account.ts';
import { settingsQuery } from '../settings/settings.ts';
import { Check } from './check.tsx';
import { DescriptionForm } from './description/description-form.tsx';
import { type Pbx, pbxsQuery } from './pbxs.ts';
import { SetUp } from './set-up/set-up.tsx';
import { AmiForm } from './surroundings/ami-form.tsx';
import { RecordingsForm } from './surroundings/recordings-form.tsx';
import { texts } from './words.ts';

/** Everything of one PBX. */
export default function PbxPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const { pbx: id = '' } = useParams<{ pbx: string }>();
  const pbxs = useQuery(pbxsQuery(account.id));
  return (
    <Page title={id}>
      <Anchor component={Link} href={addressOf(account.id, 'pbxs')}>
        {words.back}
      </Anchor>
      <Asked query={pbxs}>
        {(list) => {
          const pbx = list.find((one) => one.id === id);
          return pbx ? (
            <PbxTabs account={account} pbx={pbx} />
          ) : (
            <EmptyState title={words.gone} text={words.goneText} />
          );
        }}
      </Asked>
    </Page>
  );
}

const tabs = ['description', 'surroundings', 'set-up'] as const;

function PbxTabs({ account, pbx }: { account: Account; pbx: Pbx }) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const settings = useQuery(settingsQuery(account.id));
  const [search, setSearch] = useSearchParams();
  const open = tabs.find((tab) => tab === search.get('tab')) ?? 'description';
  return (
    <>
      {isAdmin && <Check accountId={account.id} pbxId={pbx.id} />}
      <Tabs value={open} onChange={(tab) => setSearch({ tab: tab ?? 'description' }, { replace: true })}>
        <Tabs.List>
          <Tabs.Tab value="description">{words.description}</Tabs.Tab>
          <Tabs.Tab value="surroundings">{words.surroundings}</Tabs.Tab>
          <Tabs.Tab value="set-up">{words.setUp}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="description" pt="md">
          <Asked query={settings}>
            {(present) => <DescriptionForm accountId={account.id} pbxId={pbx.id} present={present} />}
          </Asked>
        </Tabs.Panel>
        <Tabs.Panel value="surroundings" pt="md">
          <Stack gap="xl">
            <AmiForm accountId={account.id} pbx={pbx} mayChange={isAdmin} />
            <RecordingsForm accountId={account.id} pbx={pbx} mayChange={isAdmin} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="set-up" pt="md">
          <SetUp pbx={pbx} routingOf={isAdmin ? account.id : undefined} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
