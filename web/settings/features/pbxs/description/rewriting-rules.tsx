import { Group, NumberInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { defaultPbx } from '../../../../../proto/default-pbx.ts';
import { normalisePhone } from '../../../../../proto/phone.ts';
import { rewritten } from '../../../../../proto/rewriting.ts';
import { useWords } from '../../../../kit/language.tsx';
import { readablePhone } from '../../../ui/phone.ts';
import type { FieldParts } from './description-form.tsx';
import { Rows } from './rows.tsx';
import { descriptionOf } from './values.ts';
import { texts } from './words.ts';

/** How clients' numbers are read, with a number to try it on. */
export function RewritingRules({ values, faults, set }: FieldParts) {
  const words = useWords(texts);
  return (
    <>
      <Rows
        {...words.fields.rewriting}
        words={words}
        rows={values.rewriting}
        blank={{ begins: '', digits: '', becomes: '' }}
        onChange={(rows) => set('rewriting', rows)}
      >
        {(row, index, change) => (
          <>
            <TextInput
              label={words.begins}
              placeholder="2"
              w={150}
              value={row.begins}
              error={faults[`rewriting/${index}/begins`] ?? faults[`rewriting/${index}`]}
              onChange={({ currentTarget }) => change({ begins: currentTarget.value.trim() })}
            />
            <NumberInput
              label={words.digits}
              placeholder="4"
              w={110}
              allowDecimal={false}
              allowNegative={false}
              value={row.digits}
              error={faults[`rewriting/${index}/digits`]}
              onChange={(digits) => change({ digits })}
            />
            <TextInput
              label={words.becomes}
              placeholder="74951232"
              w={170}
              value={row.becomes}
              error={faults[`rewriting/${index}/becomes`]}
              onChange={({ currentTarget }) => change({ becomes: currentTarget.value.trim() })}
            />
          </>
        )}
      </Rows>
      <TryOut values={values} />
    </>
  );
}

function TryOut({ values }: Pick<FieldParts, 'values'>) {
  const words = useWords(texts);
  const [number, setNumber] = useState('');
  return (
    <Group align="flex-end" mt="md" gap="xs">
      <TextInput
        label={words.tryOut}
        description={words.tryOutHint}
        placeholder="2045"
        value={number}
        onChange={({ currentTarget }) => setNumber(currentTarget.value)}
      />
      {number.trim() !== '' && (
        <Text size="sm" role="status" pb={6}>
          {number} {outcomeOf(number, values, words)}
        </Text>
      )}
    </Group>
  );
}

function outcomeOf(number: string, values: FieldParts['values'], words: (typeof texts)['en']): string {
  const { country: set, rewriting = [] } = descriptionOf(values, {});
  const country = /^[A-Z]{2}$/.test(set ?? '') ? String(set) : defaultPbx('usual', 'UTC').country;
  const changed = rewritten(number, rewriting);
  const phone = normalisePhone(changed ?? number, country);
  if (phone === null) return words.noNumber;
  return changed === undefined ? words.notRewritten(readablePhone(phone)) : words.readAs(readablePhone(phone));
}
