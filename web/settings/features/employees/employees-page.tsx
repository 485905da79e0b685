import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { pbxsQuery } from '../pbxs/pbxs.ts';
import { settingsQuery } from '../settings/settings.ts';
import { catalogueQuery, useRenewCatalogue } from './catalogue.ts';
import { EmployeesForm } from './employees-form.tsx';
import { texts } from './words.ts';

/** Which employee has which phone. */
export default function EmployeesPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const settings = useQuery(settingsQuery(account.id));
  const pbxs = useQuery(pbxsQuery(account.id));
  const catalogue = useQuery(catalogueQuery(account.id));
  const renew = useRenewCatalogue(account.id);
  const wasNeverRead = catalogue.data?.usersReadAtMs === null;
  const { mutate: ask } = renew;
  useEffect(() => {
    if (wasNeverRead && isAdmin) ask();
  }, [wasNeverRead, isAdmin, ask]);
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={catalogue}>
        {({ users, usersReadAtMs }) => (
          <>
            <Group gap="xs">
              {usersReadAtMs !== null && (
                <Text size="sm">
                  {words.readAt} <Moment atMs={usersReadAtMs} />
                </Text>
              )}
              {isAdmin && (
                <Button size="xs" variant="light" loading={renew.isPending} onClick={() => renew.mutate()}>
                  {words.renew}
                </Button>
              )}
            </Group>
            {renew.isError && <Failure error={renew.error} onRetry={() => renew.mutate()} />}
            {users.length === 0 ? (
              <EmptyState title={words.nobody} text={words.nobodyText} />
            ) : (
              <Asked query={settings}>
                {(present) => (
                  <Asked query={pbxs}>
                    {(list) => (
                      <EmployeesForm
                        accountId={account.id}
                        users={users}
                        pbxIds={list.map(({ id }) => id)}
                        present={present}
                      />
                    )}
                  </Asked>
                )}
              </Asked>
            )}
          </>
        )}
      </Asked>
    </Page>
  );
}
