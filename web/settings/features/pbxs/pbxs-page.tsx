import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../app/account.ts';
import { useWords } from '../../app/language.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Asked } from '../../ui/query.tsx';
import { useUser } from '../session/user.ts';
import { Findings } from './findings.tsx';
import { PbxDialog } from './pbx-dialog.tsx';
import { type Pbx, pbxsQuery, useCheckPbx } from './pbxs.ts';
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
            list.map((pbx) => (
              <PbxCard key={pbx.id} accountId={account.id} pbx={pbx} isAdmin={isAdmin} onEdit={() => setEdited(pbx)} />
            ))
          )
        }
      </Asked>
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
  const check = useCheckPbx(accountId);
  const { id, place, celTable, cdrTable, timezone, isOfEnvironment } = pbx;
  return (
    <Card withBorder component="section" aria-label={id}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h4">
            {id}
          </Title>
          {isAdmin && (
            <Group gap="xs">
              <Button size="xs" loading={check.isPending} onClick={() => check.mutate(id)}>
                {words.check}
              </Button>
              {!isOfEnvironment && (
                <Button size="xs" variant="light" onClick={onEdit}>
                  {words.change}
                </Button>
              )}
            </Group>
          )}
        </Group>
        <Text size="sm">
          {place ?? words.sealed} · {celTable}, {cdrTable} · {timezone}
        </Text>
        {isOfEnvironment && (
          <Text size="sm" c="dimmed">
            {words.ofEnvironment}
          </Text>
        )}
        {check.isPending && <Loading />}
        {check.isError && <Failure error={check.error} onRetry={() => check.mutate(id)} />}
        {check.data && !check.isPending && <Findings findings={check.data} />}
      </Stack>
    </Card>
  );
}
