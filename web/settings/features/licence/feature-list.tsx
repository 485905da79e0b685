import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { featureNames, reasonWords } from '../../../../proto/licence/words.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import type { LicenceAnswer } from './licence.ts';
import { texts } from './words.ts';

type Features = LicenceAnswer['features'];

/** What is on, and what is not, with the reason and the way to get it. */
export function FeatureList({ licence: { features } }: { licence: LicenceAnswer }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const off = Map.groupBy(
    features.filter(({ isOn }) => !isOn),
    ({ reason }) => reason,
  );
  return (
    <Card withBorder component="section" aria-label={words.features}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.features}
        </Title>
        <Names features={features.filter(({ isOn }) => isOn)} color="teal.9" state={words.on} />
        {[...off].map(([reason, list]) => (
          <Stack gap="xs" key={reason ?? 'never'}>
            <Text size="sm" c="dimmed">
              {reason === null ? words.notInLicence : `${reasonWords[language][reason]} ${words.remedies[reason]}`}
            </Text>
            <Names features={list} color="gray.7" state={words.off} />
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}

function Names({ features, color, state }: { features: Features; color: string; state: string }) {
  const { language } = useLanguage();
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {features.map(({ feature }) => (
        <Group component="li" key={feature} gap="sm" wrap="nowrap">
          <Badge color={color} w={104} style={{ flexShrink: 0 }}>
            {state}
          </Badge>
          <Text>{featureNames[language][feature]}</Text>
        </Group>
      ))}
    </Stack>
  );
}
