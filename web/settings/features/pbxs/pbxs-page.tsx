import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { type Account, addressOf } from '../../app/account.ts';
import { FeatureNotice } from '../licence/feature-notice.tsx';
import { Check } from './check.tsx';
import { PbxDialog } from './pbx-dialog.tsx';
import { type Pbx, pbxsQuery } from './pbxs.ts';
import { SetUp } from './set-up/set-up.tsx';
import { texts } from './words.ts';

/** The PBXs whose calls are told in this account. */
export default function PbxsPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const pbxs = useQuery(pbxsQuery(account.id));
  const [edited, setEdited] = useState<Pbx | 'new'>();
  const add = isAdmin && <Button onClick={() => setEdited('new')}>{words.add}</Button>;
  return (
    <Page title={words.title} about={words.about} actions={add}>
      <Asked query={pbxs}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={words.none} text={words.noneText} />
          ) : (
            <>
              {list.length > 1 && <FeatureNotice deed="further-pbx" />}
              {list.map((pbx) => (
                <PbxCard
                  key={pbx.id}
                  accountId={account.id}
                  pbx={pbx}
                  isAdmin={isAdmin}
                  onEdit={() => setEdited(pbx)}
                />
              ))}
            </>
          )
        }
      </Asked>
      {isAdmin && (
        <details>
          <summary>
            <Text span fw={600}>
              {words.prepare}
            </Text>
          </summary>
          <Stack mt="sm">
            <SetUp />
          </Stack>
        </details>
      )}
      {edited && (
        <PbxDialog
          accountId={account.id}
          pbx={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Page>
  );
}

interface PbxCardParts {
  accountId: string;
  pbx: Pbx;
  isAdmin: boolean;
  onEdit: () => void;
}

function PbxCard({ accountId, pbx, isAdmin, onEdit }: PbxCardParts) {
  const words = useWords(texts);
  const { id, place, celTable, cdrTable, timezone, isOfEnvironment, isBeyondLicence } = pbx;
  return (
    <Card withBorder component="section" aria-label={id}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h4">
            <Anchor component={Link} href={addressOf(accountId, `pbxs/${id}`)} inherit>
              {id}
            </Anchor>
          </Title>
          <Group gap="xs">
            <Button size="xs" variant="light" component={Link} href={addressOf(accountId, `pbxs/${id}`)}>
              {words.more}
            </Button>
            {isAdmin && !isOfEnvironment && (
              <Button size="xs" variant="light" onClick={onEdit}>
                {words.change}
              </Button>
            )}
          </Group>
        </Group>
        <Text size="sm">
          {place ?? words.sealed} · {celTable}, {cdrTable} · {timezone}
        </Text>
        {isBeyondLicence && <Badge color="orange.9">{words.beyondLicence}</Badge>}
        {isOfEnvironment && (
          <Text size="sm" c="dimmed">
            {words.ofEnvironment}
          </Text>
        )}
        {isAdmin && <Check accountId={accountId} pbxId={id} />}
      </Stack>
    </Card>
  );
}
