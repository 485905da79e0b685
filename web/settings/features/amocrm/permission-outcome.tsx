import { Alert, Loader } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { permissionQuery, useNewConnection } from './connection.ts';
import { texts } from './words.ts';

/** Whoever comes back from amoCRM's page of permission is told what came of it. */
export function PermissionOutcome({ accountId }: { accountId: string }) {
  const [search, setSearch] = useSearchParams();
  const [permission] = useState(search.get('permission'));
  const isOld = search.has('permission');
  useEffect(() => {
    if (isOld) setSearch({}, { replace: true }); // who reloads the page has not come back from amoCRM
  }, [isOld, setSearch]);
  const words = useWords(texts);
  if (permission === null) return null;
  if (permission === 'denied') return <Told title={words.denied} text={words.deniedText} color="orange" />;
  return <Outcome accountId={accountId} permission={permission} />;
}

const patienceMs = 30_000;

function Outcome({ accountId, permission }: { accountId: string; permission: string }) {
  const words = useWords(texts);
  const outcome = useQuery(permissionQuery(accountId, permission));
  const refresh = useNewConnection(accountId);
  const result = outcome.data?.result;
  const [isLate, setLate] = useState(false);
  useTimeout(() => setLate(true), patienceMs, { autoInvoke: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known what came of it
  useEffect(() => {
    if (result !== undefined && result !== 'waiting') void refresh();
  }, [result]);
  if (outcome.isError) return <Failure error={outcome.error} onRetry={() => void outcome.refetch()} />;
  if (result === 'connected') return <Told title={words.done} text={words.doneText} color="teal" />;
  if (result === 'pending') return <Told title={words.toAccept} text={words.acceptAbout} color="orange" />;
  if (result === 'refused') return <Told title={words.refused} text={outcome.data?.words ?? ''} color="red" />;
  return isLate ? (
    <Told title={words.later} text={words.laterText} color="orange" />
  ) : (
    <Alert icon={<Loader size="sm" />} title={words.connecting} role="status" />
  );
}

function Told({ title, text, color }: { title: string; text: string; color: string }) {
  return (
    <Alert color={color} title={title} role="status">
      {text}
    </Alert>
  );
}
