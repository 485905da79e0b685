import { Group, Stack, Text } from '@mantine/core';
import { clock } from '../../../kit/duration.ts';
import { useWords } from '../../../kit/language.tsx';
import { callTexts } from './call-words.ts';
import { type Call, type StoryEvent, storyOf } from './story.ts';
import { texts } from './words.ts';

/** What happened in a call, event by event. */
export function CallStory({ call }: { call: Call }) {
  const words = useWords(texts);
  const textOf = useEventText(call);
  return (
    <Stack component="ol" gap={4} p={0} m={0} style={{ listStyle: 'none' }} aria-label={words.story}>
      {storyOf(call).map((event, index) => (
        <Group component="li" key={String(index)} gap="sm" wrap="nowrap" align="baseline">
          <Text size="sm" c="dimmed" w={52} ta="right" style={{ fontVariantNumeric: 'tabular-nums', flexShrink: 0 }}>
            {clock(Math.floor((event.atMs - call.startedAtMs) / 1000))}
          </Text>
          <Text size="sm">{textOf(event)}</Text>
        </Group>
      ))}
    </Stack>
  );
}

function useEventText(call: Call): (event: StoryEvent) => string {
  const words = useWords(callTexts);
  return (event) => {
    if (event.kind === 'begun') return words.begun[call.direction ?? 'unknown'];
    if (event.kind === 'asked') return words.asked(event.who.join(', '), event.cameBy);
    if (event.kind === 'talks') return words.talks(event.who.join(', '));
    if (event.kind === 'left') return words.left(event.who.join(', '), event.result);
    if (event.kind === 'handed-on') return words.handedOn(event.transfer);
    return words.over(call.hangupBy, call.hangupExtension);
  };
}
