import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { FirstStep } from '../../../../proto/state/first-steps.ts';
import { useWords } from '../../../kit/language.tsx';
import { type Account, addressOf } from '../../app/account.ts';
import { texts } from './words.ts';

const pages: Partial<Record<FirstStep['step'], keyof typeof texts.en.places>> = {
  'connect-amocrm': 'amocrm',
  ...{ 'connect-pbx': 'pbxs', 'map-employees': 'employees', 'first-call': 'journal' },
};

/** The way of a new installation to its first card; the first step that is not done says how. */
export function StepList({ account, steps }: { account: Account; steps: FirstStep[] }) {
  const words = useWords(texts);
  const next = steps.find(({ isDone }) => !isDone)?.step;
  return (
    <Card withBorder component="section" aria-label={words.firstSteps}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.firstSteps}
        </Title>
        <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
          {steps.map(({ step, isDone }, index) => (
            <Group component="li" key={step} align="flex-start" wrap="nowrap" gap="sm">
              <ThemeIcon size={24} radius="xl" color={isDone ? 'teal.9' : step === next ? 'blue.8' : 'gray.7'}>
                <span role="img" aria-label={isDone ? words.done : words.toDo}>
                  {isDone ? '✓' : index + 1}
                </span>
              </ThemeIcon>
              <Stack gap={4} align="flex-start" style={{ minWidth: 0 }}>
                <Text fw={step === next ? 600 : undefined}>{words.steps[step].title}</Text>
                {!isDone && <StepHelp account={account} step={step} isNext={step === next} />}
              </Stack>
            </Group>
          ))}
        </Stack>
      </Stack>
    </Card>
  );
}

function StepHelp({ account, step, isNext }: { account: Account; step: FirstStep['step']; isNext: boolean }) {
  const words = useWords(texts);
  const page = pages[step];
  return (
    <>
      <Text size="sm" c="dimmed">
        {words.steps[step].how}
      </Text>
      {page && (
        <Button component={Link} href={addressOf(account.id, page)} size="xs" variant={isNext ? 'filled' : 'light'}>
          {words.places[page]}
        </Button>
      )}
    </>
  );
}
