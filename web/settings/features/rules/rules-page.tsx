import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { catalogueQuery, useRenewCatalogue } from '../employees/catalogue.ts';
import { FeatureNotice } from '../licence/feature-notice.tsx';
import { settingsQuery } from '../settings/settings.ts';
import { RulesForm } from './rules-form.tsx';
import { texts } from './words.ts';

/** What is done with calls, and what would be done if the rules were others. */
export default function RulesPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const settings = useQuery(settingsQuery(account.id));
  const { hooks = [], decisionHook } = settings.data?.settings ?? {};
  const hasHooks = hooks.length > 0 || decisionHook !== undefined;
  return (
    <Page title={words.title} about={words.about}>
      <FeatureNotice deed="create-contact" />
      {hasHooks && <FeatureNotice deed="call-hook" />}
      <CatalogueNotice accountId={account.id} />
      <Asked query={settings}>{(present) => <RulesForm accountId={account.id} present={present} />}</Asked>
    </Page>
  );
}

/** Without names of amoCRM the rules can be worked on all the same. */
function CatalogueNotice({ accountId }: { accountId: string }) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const { data } = useQuery(catalogueQuery(accountId));
  const renew = useRenewCatalogue(accountId);
  const isIncomplete = data !== undefined && (data.users.length === 0 || data.pipelines === null);
  const { mutate: ask } = renew;
  useEffect(() => {
    if (isIncomplete && isAdmin) ask();
  }, [isIncomplete, isAdmin, ask]);
  if (!isIncomplete || renew.isPending) return null;
  return (
    <Stack gap="xs">
      <Alert color="blue" title={words.catalogue}>
        <Text size="sm">{words.noCatalogue}</Text>
        {isAdmin && !renew.isError && (
          <Group mt="xs">
            <Button size="xs" variant="light" onClick={() => renew.mutate()}>
              {words.renew}
            </Button>
          </Group>
        )}
      </Alert>
      {renew.isError && <Failure error={renew.error} onRetry={() => renew.mutate()} />}
    </Stack>
  );
}
