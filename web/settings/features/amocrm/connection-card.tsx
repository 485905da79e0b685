import { Alert, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import { type Connection, useConnect, useConnectionAct } from './connection.ts';
import { texts } from './words.ts';

interface ConnectionCardParts {
  accountId: string;
  connection: Connection;
  isAdmin: boolean;
}

/** How the account stands, in words, and what can be done about it. */
export function ConnectionCard({ accountId, connection, isAdmin }: ConnectionCardParts) {
  const words = useWords(texts);
  const { baseUrl, state, access, sinceMs, refreshAtMs } = connection;
  return (
    <Card withBorder component="section" aria-label={words.connection}>
      <Stack gap="xs" align="flex-start">
        <Group>
          <Title order={3} size="h4">
            {new URL(baseUrl).host}
          </Title>
          <Badge variant="dot" color={state === 'connected' ? 'teal' : 'orange'}>
            {words.states[state]}
          </Badge>
        </Group>
        {state === 'connected' && (
          <Text size="sm">
            {words.connectedSince} <Moment atMs={sinceMs} />. {access === 'token-of-environment' && words.byToken}
            {refreshAtMs !== null && (
              <>
                {words.refresh}: <Moment atMs={refreshAtMs} />.
              </>
            )}
          </Text>
        )}
        {state !== 'connected' && <WhatIsWrong connection={connection} />}
        {connection.pause && <Paused accountId={accountId} pause={connection.pause} isAdmin={isAdmin} />}
        {isAdmin && <Acts accountId={accountId} connection={connection} />}
      </Stack>
    </Card>
  );
}

function WhatIsWrong({ connection }: { connection: Connection }) {
  const words = useWords(texts);
  const { state, access, isAllowed, clientId, reason } = connection;
  const isTokenBad = access === 'token-of-environment';
  const wrong = {
    pending: isAllowed ? words.acceptAbout : clientId === null ? words.noIntegration : words.notYet,
    'reconnect-needed': isTokenBad ? words.badToken : words.reconnect,
    disconnected: words.off,
    connected: '',
  }[state];
  return (
    <Alert color="orange" w="100%">
      <Text size="sm">{wrong}</Text>
      {state === 'reconnect-needed' && (
        <Text size="xs" c="dimmed" mt={4}>
          {words.detail} {reason}
        </Text>
      )}
    </Alert>
  );
}

interface PausedParts {
  accountId: string;
  pause: NonNullable<Connection['pause']>;
  isAdmin: boolean;
}

function Paused({ accountId, pause: { code, reason, untilMs }, isAdmin }: PausedParts) {
  const words = useWords(texts);
  const resume = useConnectionAct(accountId, 'resume');
  return (
    <Alert color="orange" w="100%" role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {words.pausedUntil} <Moment atMs={untilMs} isShort />. {words.pauses[code] ?? reason}
        </Text>
        {isAdmin && (
          <>
            <Text size="sm">{words.goOnAbout}</Text>
            <Button size="xs" variant="white" loading={resume.isPending} onClick={() => resume.mutate()}>
              {words.goOn}
            </Button>
          </>
        )}
        {resume.isError && <Failure error={resume.error} />}
      </Stack>
    </Alert>
  );
}

/** Only by an integration an account is connected and disconnected. */
function Acts({
  accountId,
  connection: { state, isAllowed, clientId },
}: {
  accountId: string;
  connection: Connection;
}) {
  const words = useWords(texts);
  const connect = useConnect(accountId);
  const accept = useConnectionAct(accountId, 'accept');
  const disconnect = useConnectionAct(accountId, 'disconnect');
  if (clientId === null) return null;
  const isToAccept = state === 'pending' && isAllowed;
  const isConnected = state === 'connected';
  const failed = [connect, accept, disconnect].find(({ isError }) => isError);
  return (
    <>
      {!isConnected && !isToAccept && (
        <Text size="sm" c="dimmed">
          {words.connectAbout}
        </Text>
      )}
      <Group gap="xs">
        {isToAccept && (
          <Button loading={accept.isPending} onClick={() => accept.mutate()}>
            {words.accept}
          </Button>
        )}
        <Button
          variant={isConnected || isToAccept ? 'light' : 'filled'}
          loading={connect.isPending || connect.isSuccess}
          onClick={() => connect.mutate()}
        >
          {isConnected ? words.connectAgain : words.connect}
        </Button>
        {isConnected && (
          <SureButton
            label={words.disconnect}
            sure={words.disconnectSure}
            isBusy={disconnect.isPending}
            onSure={() => disconnect.mutate()}
          />
        )}
      </Group>
      {failed && <Failure error={failed.error} />}
    </>
  );
}
