import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { featureNames, whyOff } from '../../../../proto/licence/words.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import type { LicenceAnswer } from './licence.ts';
import { texts } from './words.ts';

/** What is on, and what is not, with the reason and the way to get it. */
export function FeatureList({ licence: { features } }: { licence: LicenceAnswer }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  return (
    <Card withBorder component="section" aria-label={words.features}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.features}
        </Title>
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {features.map(({ feature, isOn, reason }) => (
            <Group component="li" key={feature} gap="sm" wrap="nowrap" align="flex-start">
              <Badge color={isOn ? 'teal.9' : 'gray.7'} w={86} style={{ flexShrink: 0 }}>
                {isOn ? words.on : words.off}
              </Badge>
              <div>
                <Text>{featureNames[language][feature]}</Text>
                {!isOn && (
                  <Text size="sm" c="dimmed">
                    {whyOff(feature, reason, language).whatToDo}
                  </Text>
                )}
              </div>
            </Group>
          ))}
        </Stack>
      </Stack>
    </Card>
  );
}
