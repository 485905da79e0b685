import { Badge, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import type { CallAnswer } from './calls.ts';
import { texts } from './words.ts';

type Effect = CallAnswer['effects'][number];

const colors: Record<Effect['state'], string> = { done: 'teal', open: 'blue', idle: 'orange' };

/** What was sent for a call, and what came of it. */
export function Effects({ effects }: { effects: readonly Effect[] }) {
  const words = useWords(texts);
  if (effects.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.noEffects}
      </Text>
    );
  }
  return (
    <>
      <Title order={4} size="h6">
        {words.sent}
      </Title>
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-label={words.sent}>
        {effects.map((effect) => (
          <EffectItem key={effect.effect} {...effect} />
        ))}
      </Stack>
    </>
  );
}

function EffectItem({ effect, state, attempts, changedAtMs, record }: Effect) {
  const words = useWords(texts);
  const text = recordText(record);
  return (
    <Stack component="li" gap={2}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {words.effectName(effect)}
        </Text>
        <Badge variant="dot" color={colors[state]}>
          {words.effectStates[state]}
        </Badge>
        <Text size="xs" c="dimmed">
          <Moment atMs={changedAtMs} />
          {attempts > 1 && `, ${words.attempts(attempts)}`}
        </Text>
      </Group>
      {text !== '' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {state === 'done' ? words.answered : words.wanted} <Code>{text}</Code>
        </Text>
      )}
    </Stack>
  );
}

/** `noteId 5, entityType contacts`; what lies deeper as JSON, what is not known not at all. */
function recordText(record: unknown): string {
  if (typeof record !== 'object') return JSON.stringify(record);
  return Object.entries(record ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
