import { Group, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { clock } from '../../../kit/duration.ts';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { readablePhone } from '../../ui/phone.ts';
import type { RegistrationState } from './calls.ts';
import { RegistrationBadge, ResultBadge } from './states.tsx';
import type { Call } from './story.ts';
import { texts } from './words.ts';

/** What there is to say of a call in a word or a number each. */
export function CallFacts({ call, registration }: { call: Call; registration: RegistrationState }) {
  const words = useWords(texts);
  const facts: [string, ReactNode][] = [
    [words.when, <Moment key="when" atMs={call.startedAtMs} />],
    [words.waited, clock(call.waitSeconds)],
    [words.talked, call.talkSeconds > 0 ? clock(call.talkSeconds) : null],
    [words.held, call.heldSeconds > 0 ? clock(call.heldSeconds) : null],
    [words.outside, call.outsideTalkSeconds > 0 ? clock(call.outsideTalkSeconds) : null],
    [words.did, call.did && readablePhone(call.did)],
    [words.trunk, call.trunk],
    [words.queue, call.queues?.join(', ')],
    [words.caller, call.callerExtension],
    [words.called, call.calledExtension],
  ];
  return (
    <>
      <Group gap="xs">
        <ResultBadge result={call.result} />
        <RegistrationBadge state={registration} />
      </Group>
      <SimpleGrid component="dl" cols={{ base: 2, xs: 3, md: 4 }} spacing="sm" m={0}>
        {facts
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <Text component="dt" size="xs" c="dimmed">
                {label}
              </Text>
              <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
                {value}
              </Text>
            </div>
          ))}
      </SimpleGrid>
    </>
  );
}
