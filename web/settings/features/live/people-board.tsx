import { Badge, Card, Group, SimpleGrid, Text } from '@mantine/core';
import { clock } from '../../../kit/duration.ts';
import { useWords } from '../../../kit/language.tsx';
import type { Place } from './board.ts';
import { Client, doingColors } from './call-cards.tsx';
import { texts } from './words.ts';

/** What each employee does now. @param nowMs by the server's clock */
export function PeopleBoard({ places, nowMs }: { places: readonly Place[]; nowMs: number }) {
  const words = useWords(texts);
  if (places.length === 0) return <Text c="dimmed">{words.nobody}</Text>;
  return (
    <SimpleGrid
      component="ul"
      aria-label={words.board}
      cols={{ base: 1, xs: 2, md: 3 }}
      spacing="xs"
      p={0}
      m={0}
      style={{ listStyle: 'none' }}
    >
      {places.map(({ extension, name, doing, sinceMs, call }) => (
        <Card component="li" withBorder padding="sm" key={extension}>
          <Group justify="space-between" wrap="nowrap">
            <Text truncate>
              <Text span fw={600}>
                {extension}
              </Text>{' '}
              {name}
            </Text>
            <Badge variant="dot" color={doingColors[doing]} style={{ flexShrink: 0 }}>
              {words.doing[doing]} {sinceMs !== null && clock((nowMs - sinceMs) / 1_000)}
            </Badge>
          </Group>
          {call && <Client call={call} />}
        </Card>
      ))}
    </SimpleGrid>
  );
}
