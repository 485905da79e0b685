import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { addressOf } from '../../app/account.ts';
import { useHeldBack, useMakeUp } from './held-back.ts';
import { texts } from './words.ts';

/** How many calls were not registered for want of a licence, and having them registered; nothing if there are none. */
export function HeldBackCard({ account }: { account: string }) {
  const words = useWords(texts);
  const { data } = useHeldBack(account);
  const makeUp = useMakeUp(account);
  const [isAsked, setAsked] = useState(false);
  if (!data || (data.count === 0 && !data.isUnderWay)) return null;
  const { count, isUnderWay } = data;
  return (
    <section aria-label={words.heldBackOf(account)}>
      <Alert color="orange" title={words.heldBack(count)} role="status">
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{isUnderWay ? words.heldBackUnderWay : words.heldBackText}</Text>
          {makeUp.isError && <Failure error={makeUp.error} />}
          <Group gap="sm">
            {!isUnderWay && (
              <Button
                size="xs"
                loading={makeUp.isPending}
                onClick={
                  isAsked ? () => makeUp.mutate(undefined, { onSettled: () => setAsked(false) }) : () => setAsked(true)
                }
              >
                {isAsked ? words.makeUpSure(count) : words.makeUp}
              </Button>
            )}
            <Anchor component={Link} href={`${addressOf(account, 'journal')}?registration=unlicensed`} size="sm">
              {words.heldBackList}
            </Anchor>
          </Group>
        </Stack>
      </Alert>
    </section>
  );
}
