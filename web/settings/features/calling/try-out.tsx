import { Card, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { type CallingCase, planCall } from '../../../../proto/calling/plan.ts';
import { useWords } from '../../../kit/language.tsx';
import type { Person } from '../employees/people.ts';
import { extensionChoices } from './employee-rows.tsx';
import { texts } from './words.ts';

interface TryOutParts extends Pick<CallingCase, 'calling' | 'pbxs'> {
  people: readonly Person[];
  isFaulty: boolean;
}

/** What a click would come to with what stands in the form, by the same decision as a real one. */
export function TryOut({ people, isFaulty, ...about }: TryOutParts) {
  const words = useWords(texts);
  const [extension, setExtension] = useState<string>();
  const [number, setNumber] = useState('');
  const caller = extension ?? people[0]?.extension ?? '';
  return (
    <Card withBorder component="section" aria-label={words.tryOut}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.tryOut}
        </Title>
        <Text size="sm">{words.tryOutAbout}</Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={words.whoClicks}
            placeholder={words.choose}
            data={extensionChoices(people, caller)}
            value={caller || null}
            searchable
            allowDeselect={false}
            onChange={(chosen) => chosen && setExtension(chosen)}
          />
          <TextInput
            label={words.number}
            placeholder="+7 916 123-45-67"
            inputMode="tel"
            value={number}
            onChange={({ currentTarget }) => setNumber(currentTarget.value)}
          />
        </SimpleGrid>
        <Text size="sm" role="status" fw={600}>
          {number.trim() !== '' && (isFaulty ? words.mendFirst : outcomeOf(caller, number, about, words))}
        </Text>
      </Stack>
    </Card>
  );
}

/** Whose phone it is does not matter here: whoever clicks is the only one there. */
const whoever = 1;

function outcomeOf(
  extension: string,
  number: string,
  about: Pick<CallingCase, 'calling' | 'pbxs'>,
  words: (typeof texts)['en'],
): string {
  const employees: Record<string, number> = extension === '' ? {} : { [extension]: whoever };
  const planned = planCall({ userId: whoever, number }, { ...about, employees, inactiveUsers: [] });
  return typeof planned === 'string' ? words.refusals[planned] : words.planned(planned);
}
