import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { AccountDialog } from './account-dialog.tsx';
import { CatalogueView } from './catalogue-view.tsx';
import { connectionQuery } from './connection.ts';
import { ConnectionCard } from './connection-card.tsx';
import { IntegrationCard } from './integration-card.tsx';
import { PermissionOutcome } from './permission-outcome.tsx';
import { texts } from './words.ts';

/** How amoCRM is connected, and what is known of it. */
export default function AmocrmPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const connection = useQuery(connectionQuery(account.id));
  const [isAdding, setAdding] = useState(false);
  const add = isAdmin && (
    <Button variant="light" onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} about={words.about} actions={add}>
      <PermissionOutcome accountId={account.id} />
      <Asked query={connection}>
        {(present) => (
          <>
            <ConnectionCard accountId={account.id} connection={present} isAdmin={isAdmin} />
            <IntegrationCard accountId={account.id} connection={present} isAdmin={isAdmin} />
            <CatalogueView accountId={account.id} isAdmin={isAdmin} isConnected={present.state === 'connected'} />
          </>
        )}
      </Asked>
      {isAdding && connection.data && (
        <AccountDialog redirectUri={connection.data.redirectUri} onClose={() => setAdding(false)} />
      )}
    </Page>
  );
}
