import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { redirectUriQuery } from './connection.ts';
import { texts } from './words.ts';

/** What an administrator of a new installation begins with. */
export default function FirstAccount() {
  const words = useWords(texts);
  const redirectUri = useQuery(redirectUriQuery);
  const [isAdding, setAdding] = useState(false);
  return (
    <Asked query={redirectUri}>
      {(known) => (
        <>
          <EmptyState title={words.first} text={words.firstText}>
            <Button onClick={() => setAdding(true)}>{words.add}</Button>
          </EmptyState>
          {isAdding && <AccountDialog redirectUri={known.redirectUri} onClose={() => setAdding(false)} />}
        </>
      )}
    </Asked>
  );
}
