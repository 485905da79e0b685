import { Button, Card, CopyButton, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { type Connection, useSetIntegration } from './connection.ts';
import { texts } from './words.ts';

interface IntegrationCardParts {
  accountId: string;
  connection: Connection;
  isAdmin: boolean;
}

/** By which integration of amoCRM the account is connected. */
export function IntegrationCard({ accountId, connection, isAdmin }: IntegrationCardParts) {
  const words = useWords(texts);
  const { access, clientId, redirectUri } = connection;
  const [isChanging, setChanging] = useState(false);
  if (access === 'token-of-environment') return null;
  const isOwn = access !== 'integration-of-environment';
  return (
    <Card withBorder component="section" aria-label={words.integration}>
      <Stack gap="sm" align="flex-start">
        <Title order={3} size="h4">
          {words.integration}
        </Title>
        {clientId !== null && (
          <Text size="sm">
            {words.clientId}: {clientId}. {!isOwn && words.ofEnvironment}
          </Text>
        )}
        {isAdmin && isOwn && clientId !== null && !isChanging && (
          <Button size="xs" variant="light" onClick={() => setChanging(true)}>
            {words.change}
          </Button>
        )}
        {isAdmin && isOwn && (clientId === null || isChanging) && (
          <IntegrationForm
            accountId={accountId}
            redirectUri={redirectUri}
            isNew={clientId === null}
            onClose={() => setChanging(false)}
          />
        )}
      </Stack>
    </Card>
  );
}

interface IntegrationFormParts {
  accountId: string;
  redirectUri: string;
  isNew: boolean;
  onClose: () => void;
}

function IntegrationForm({ accountId, redirectUri, isNew, onClose }: IntegrationFormParts) {
  const words = useWords(texts);
  const form = useForm({ mode: 'uncontrolled', initialValues: { clientId: '', clientSecret: '' } });
  const save = useSetIntegration(accountId, () => {
    notifications.show({ message: words.saved, color: 'teal' });
    onClose();
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} style={{ width: '100%', maxWidth: 560 }}>
      <Stack gap="sm">
        <Addresses redirectUri={redirectUri} />
        {!isNew && <Text size="sm">{words.changeAbout}</Text>}
        <TextInput label={words.clientId} required autoComplete="off" {...form.getInputProps('clientId')} />
        <PasswordInput
          label={words.clientSecret}
          description={words.clientSecretAbout}
          required
          autoComplete="off"
          {...form.getInputProps('clientSecret')}
        />
        {save.isError && <Failure error={save.error} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {words.save}
          </Button>
          {!isNew && (
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** What has to stand in amoCRM, ready to be copied. */
export function Addresses({ redirectUri }: { redirectUri: string }) {
  const words = useWords(texts);
  return (
    <>
      <Text size="sm">{words.integrationAbout}</Text>
      <Copied label={words.redirectUri} text={redirectUri} />
      <Copied label={words.offUri} text={`${redirectUri}/disabled`} />
    </>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const words = useWords(texts);
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput label={label} value={text} readOnly style={{ flexGrow: 1 }} />
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="light" onClick={copy} aria-label={`${words.copy}: ${label}`}>
            {copied ? words.copied : words.copy}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
