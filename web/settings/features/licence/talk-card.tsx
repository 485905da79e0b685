import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { failureWords } from '../../../../proto/licence/words.ts';
import { ApiFailure } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { type LicenceAnswer, useCheckNow } from './licence.ts';
import { texts } from './words.ts';

/** The last talk with the licensing server, and the next. */
export function TalkCard({ licence, isAdmin }: { licence: LicenceAnswer; isAdmin: boolean }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const check = useCheckNow();
  const { talk, reachedAtMs, nextCheckMs, hasServer, permit } = licence;
  if (!hasServer) return null;
  const failure = talk?.failure ?? null;
  // what the check itself has said stands in its place
  const isToldAbove = check.error instanceof ApiFailure && failure !== null;
  return (
    <Card withBorder component="section" aria-label={words.server}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">
            {words.server}
          </Title>
          {isAdmin && (
            <Button size="xs" variant="light" loading={check.isPending} onClick={() => check.mutate(undefined)}>
              {words.checkNow}
            </Button>
          )}
        </Group>
        {talk === null ? (
          <Text>{words.neverTalked}</Text>
        ) : failure === null ? (
          <Text>
            {words.lastTalk} <Moment atMs={talk.atMs} />. {words.wentWell}
          </Text>
        ) : (
          <Alert color="orange" title={failureWords[language][failure].title}>
            <Text size="sm">{failureWords[language][failure].whatToDo}</Text>
            <Text size="sm">
              {words.lastTalk} <Moment atMs={talk.atMs} />
              {reachedAtMs !== null && (
                <>
                  . {words.reached} <Moment atMs={reachedAtMs} />
                </>
              )}
              .
            </Text>
          </Alert>
        )}
        {nextCheckMs !== null && (
          <Text>
            {words.nextCheck} <Moment atMs={nextCheckMs} />.
          </Text>
        )}
        {permit?.isOffline && <Text>{words.isOffline}</Text>}
        {check.isError && !isToldAbove && <Failure error={check.error} />}
      </Stack>
    </Card>
  );
}
