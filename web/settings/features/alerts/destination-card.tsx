import { Alert, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AlertDestination } from '../../../../proto/alerts/settings.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { catalogueQuery } from '../employees/catalogue.ts';
import { type Delivery, useTestDestination } from './alerts.ts';
import { failureTexts } from './failure-words.ts';
import { texts } from './words.ts';

interface DestinationCardParts {
  accountId: string;
  destination: AlertDestination;
  /** undefined: nothing was ever sent there. */
  delivery: Delivery | undefined;
  mayChange: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

/** One way that alerts go, what became of the last one, and a test. */
export function DestinationCard(parts: DestinationCardParts) {
  const { accountId, destination, delivery, mayChange, onEdit, onRemove } = parts;
  const words = useWords(texts);
  const test = useTestDestination(accountId);
  return (
    <Card withBorder component="section" aria-label={destination.name}>
      <Stack gap="xs">
        <Group gap="xs">
          <Title order={4} size="h5" style={{ overflowWrap: 'anywhere' }}>
            {destination.name}
          </Title>
          <Badge color="gray.7">{words.kinds[destination.kind]}</Badge>
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Target accountId={accountId} destination={destination} />
        </Text>
        <LastDelivery delivery={delivery} />
        <TestOutcome test={test} />
        {mayChange && (
          <Group gap="xs">
            <Button size="xs" loading={test.isPending} onClick={() => test.mutate(destination)}>
              {words.test}
            </Button>
            <Button size="xs" variant="light" onClick={onEdit}>
              {words.change}
            </Button>
            <Button size="xs" variant="default" onClick={onRemove}>
              {words.remove}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function Target({ accountId, destination }: { accountId: string; destination: AlertDestination }) {
  const words = useWords(texts);
  const isTask = destination.kind === 'amocrm-task';
  const { data } = useQuery({ ...catalogueQuery(accountId), enabled: isTask });
  switch (destination.kind) {
    case 'email':
      return destination.to.join(', ');
    case 'telegram':
      return words.chat(destination.chatId);
    case 'webhook':
      return destination.url;
    case 'amocrm-task':
      return data?.users.find(({ id }) => id === destination.userId)?.name ?? String(destination.userId);
  }
}

function LastDelivery({ delivery }: { delivery: Delivery | undefined }) {
  const words = useWords(texts);
  const tell = useWords(failureTexts);
  return (
    <>
      <Text size="sm" c="dimmed">
        {delivery?.sentAtMs == null ? (
          words.nothingSent
        ) : (
          <>
            {words.lastSent} <Moment atMs={delivery.sentAtMs} isShort />
          </>
        )}
      </Text>
      {delivery?.failure && (
        <Text size="sm" c="red.9">
          {words.lastFailed} <Moment atMs={delivery.failure.atMs} isShort />: {tell(delivery.failure)}
        </Text>
      )}
    </>
  );
}

function TestOutcome({ test }: { test: ReturnType<typeof useTestDestination> }) {
  const words = useWords(texts);
  const tell = useWords(failureTexts);
  if (test.isPending) return null;
  if (test.isError) return <Failure error={test.error} />;
  if (!test.data) return null;
  const { failure } = test.data;
  return failure ? (
    <Alert color="red" role="alert" title={words.testFailed}>
      {tell(failure)}
    </Alert>
  ) : (
    <Alert color="teal" role="status" title={words.testSent}>
      {words.testSentText}
    </Alert>
  );
}
