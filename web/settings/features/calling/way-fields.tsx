import { NumberInput, Select, TextInput } from '@mantine/core';
import { usualCalling } from '../../../../proto/calling/settings.ts';
import { useWords } from '../../../kit/language.tsx';
import type { Faults } from './faults.ts';
import type { WayValues } from './values.ts';
import { texts } from './words.ts';

export interface WayParts<W extends WayValues> {
  values: W;
  faults: Faults;
  /** Where these fields stand in the section: `pbxs/main`. */
  place: string;
  onChange: (changes: Partial<W>) => void;
}

const ways = ['channel', 'context', 'prefix', 'callerId'] as const;

interface WayFieldsParts extends WayParts<WayValues> {
  /** What holds where a field is empty. */
  usual: Partial<Record<keyof WayValues, string>>;
}

/** How a phone, and then the client, is called. */
export function WayFields({ values, faults, place, onChange, usual }: WayFieldsParts) {
  const words = useWords(texts);
  return (
    <>
      {ways.map((name) => (
        <TextInput
          key={name}
          {...words.fields[name]}
          placeholder={usual[name] ?? ''}
          value={values[name]}
          error={faults[`${place}/${name}`]}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
        />
      ))}
      <NumberInput
        {...words.fields.ringSeconds}
        placeholder={usual.ringSeconds ?? String(usualCalling.ringSeconds)}
        min={5}
        max={120}
        allowDecimal={false}
        value={values.ringSeconds}
        error={faults[`${place}/ringSeconds`]}
        onChange={(ringSeconds) => onChange({ ringSeconds })}
      />
      <Select
        {...words.fields.autoAnswer}
        data={[
          { value: '', label: usual.autoAnswer ?? words.answers.none },
          { value: 'call-info', label: words.answers['call-info'] },
          { value: 'alert-info', label: words.answers['alert-info'] },
        ]}
        value={values.autoAnswer}
        error={faults[`${place}/autoAnswer`]}
        allowDeselect={false}
        onChange={(autoAnswer) => onChange({ autoAnswer: (autoAnswer ?? '') as WayValues['autoAnswer'] })}
      />
    </>
  );
}
