import { Button, Text } from '@mantine/core';
import type { Account } from '../../app/account.ts';
import { useWords } from '../../app/language.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useUser } from '../session/user.ts';
import { useConnect } from './state.ts';
import { texts } from './words.ts';

/** Connects the account, also again; for those who may. */
export function ConnectButton({ account }: { account: Account }) {
  const words = useWords(texts);
  const connect = useConnect(account.id);
  if (useUser().role !== 'admin') return null;
  if (!account.isConnectable) {
    return (
      <Text size="sm" c="dimmed">
        {words.longLived}
      </Text>
    );
  }
  return (
    <>
      <Button size="xs" loading={connect.isPending} onClick={() => connect.mutate()}>
        {words.connect}
      </Button>
      {connect.isError && <Failure error={connect.error} />}
    </>
  );
}
