import { Card, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Account } from '../../app/account.ts';
import { pbxsQuery } from '../pbxs/pbxs.ts';
import { settingsQuery } from '../settings/settings.ts';
import { Comparison } from './comparison.tsx';
import { PbxMode } from './pbx-mode.tsx';
import { texts } from './words.ts';

/** Which PBXs are only looked at, and how what Ringflow would have done compares with what another product did. */
export default function ObservePage({ account }: { account: Account }) {
  const words = useWords(texts);
  const pbxs = useQuery(pbxsQuery(account.id));
  const settings = useQuery(settingsQuery(account.id));
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={pbxs}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={words.noPbx} text={words.noPbxText} />
          ) : (
            <Asked query={settings}>
              {(present) => (
                <Stack gap="sm">
                  {list.map(({ id }) => (
                    <Card key={id} withBorder component="section" aria-label={id}>
                      <PbxMode accountId={account.id} pbxId={id} present={present} />
                    </Card>
                  ))}
                </Stack>
              )}
            </Asked>
          )
        }
      </Asked>
      <Comparison account={account} />
    </Page>
  );
}
