import { Box, Group, Text } from '@mantine/core';
import { Fragment } from 'react';
import { clock } from '../../../kit/duration.ts';
import { useWords } from '../../../kit/language.tsx';
import { personName, usePeople } from '../employees/people.ts';
import { type Bar, type Lane, type Picture, pictureOf } from './bars.ts';
import { callTexts } from './call-words.ts';
import { clientOf } from './client.ts';
import type { Call } from './story.ts';
import { texts } from './words.ts';

const fills: Record<Bar['doing'], string> = {
  waiting: 'repeating-linear-gradient(135deg, var(--mantine-color-gray-4) 0 6px, var(--mantine-color-gray-2) 6px 12px)',
  connected: 'var(--mantine-color-blue-5)',
  dialling:
    'repeating-linear-gradient(135deg, var(--mantine-color-teal-4) 0 6px, var(--mantine-color-teal-2) 6px 12px)',
  ringing:
    'repeating-linear-gradient(135deg, var(--mantine-color-yellow-5) 0 6px, var(--mantine-color-yellow-3) 6px 12px)',
  talking: 'var(--mantine-color-teal-6)',
};
const laneHeight = 28;

/** Everybody's part in a call as bars over time. What it shows is told as text too, see CallStory. */
export function CallPicture({ accountId, call }: { accountId: string; call: Call }) {
  const words = useWords(texts);
  const callWords = useWords(callTexts);
  const picture = pictureOf(call, Date.now());
  const { data: people } = usePeople(accountId);
  const other = call.direction === 'internal' ? (call.callerExtension ?? words.other) : clientOf(call, callWords);
  const nameOf = ({ extension }: Lane) => (extension === null ? other : personName(extension, people));
  const shown = [...new Set(picture.lanes.flatMap(({ bars }) => bars.map(({ doing }) => doing)))];
  return (
    <Box role="img" aria-label={words.pictureOf(picture.lanes.map(nameOf).join(', '), clock(picture.lengthMs / 1000))}>
      <Box style={{ display: 'grid', gridTemplateColumns: 'minmax(48px, max-content) 1fr', columnGap: 12, rowGap: 6 }}>
        {picture.lanes.map((lane) => (
          <Fragment key={lane.extension ?? ''}>
            <Text size="sm" fw={lane.extension === null ? 400 : 600} lh={`${laneHeight}px`} maw={180} truncate>
              {nameOf(lane)}
            </Text>
            <Track lane={lane} picture={picture} />
          </Fragment>
        ))}
        <span />
        <Axis picture={picture} />
      </Box>
      <Group gap="md" mt="xs">
        {shown.map((doing) => (
          <Group gap={6} key={doing}>
            <Box w={16} h={10} style={{ background: fills[doing], borderRadius: 2 }} />
            <Text size="xs">{callWords.doing[doing]}</Text>
          </Group>
        ))}
        {picture.transfers.length > 0 && (
          <Group gap={6}>
            <Box w={2} h={12} bg="grape.7" />
            <Text size="xs">{words.transfer}</Text>
          </Group>
        )}
      </Group>
    </Box>
  );
}

function Track({ lane, picture }: { lane: Lane; picture: Picture }) {
  const words = useWords(callTexts);
  return (
    <Box
      pos="relative"
      h={laneHeight}
      style={{ background: 'light-dark(var(--mantine-color-gray-0), var(--mantine-color-dark-6))', borderRadius: 4 }}
    >
      {picture.ticks.map(({ seconds, atPercent }) => (
        <Mark key={seconds} atPercent={atPercent} color="var(--mantine-color-default-border)" width={1} />
      ))}
      {lane.bars.map((bar) => (
        <Box
          key={`${bar.doing} ${bar.fromMs}`}
          pos="absolute"
          top={4}
          bottom={4}
          title={`${words.doing[bar.doing]} ${clock((bar.toMs - bar.fromMs) / 1000)}`}
          style={{
            left: `${bar.fromPercent}%`,
            width: `max(3px, ${bar.lengthPercent}%)`,
            background: fills[bar.doing],
            borderRadius: 3,
          }}
        />
      ))}
      {picture.transfers.map(({ atPercent, transfer }) => (
        <Mark key={transfer.rowId} atPercent={atPercent} color="var(--mantine-color-grape-7)" width={2} />
      ))}
    </Box>
  );
}

function Mark({ atPercent, color, width }: { atPercent: number; color: string; width: number }) {
  return <Box pos="absolute" top={0} bottom={0} style={{ left: `${atPercent}%`, width, background: color }} />;
}

/** A word at the very end would hang over. */
const lastPercent = 96;

function Axis({ picture: { ticks } }: { picture: Picture }) {
  return (
    <Box pos="relative" h={18}>
      {ticks
        .filter(({ atPercent }) => atPercent <= lastPercent)
        .map(({ seconds, atPercent }) => (
          <Text key={seconds} size="xs" c="dimmed" pos="absolute" style={{ left: `${atPercent}%` }}>
            {clock(seconds)}
          </Text>
        ))}
    </Box>
  );
}
