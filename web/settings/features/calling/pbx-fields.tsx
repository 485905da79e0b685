import { Fieldset, MultiSelect, Select, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { usualCalling } from '../../../../proto/calling/settings.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { countryChoices } from './countries.ts';
import type { PbxValues } from './values.ts';
import { WayFields, type WayParts } from './way-fields.tsx';
import { texts } from './words.ts';

/** How calls are placed by one PBX, and which numbers may be called. @param country its own */
export function PbxFields({ id, country, ...parts }: WayParts<PbxValues> & { id: string; country: string }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const { values, faults, place, onChange } = parts;
  const countries = countryChoices(language);
  const nameOfOwn = countries.find(({ value }) => value === country)?.label ?? country;
  const { channel, context, dialAs, callerIdVariable } = usualCalling;
  return (
    <Fieldset legend={words.pbx(id)}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="md">
        <WayFields {...parts} usual={{ channel, context }} />
        <TextInput
          {...words.fields.callerIdVariable}
          placeholder={callerIdVariable}
          value={values.callerIdVariable}
          error={faults[`${place}/callerIdVariable`]}
          onChange={({ currentTarget }) => onChange({ callerIdVariable: currentTarget.value.trim() })}
        />
        <Select
          {...words.fields.dialAs}
          data={(['national', 'digits', 'plus'] as const).map((way) => ({ value: way, label: words.dialAs[way] }))}
          value={values.dialAs || dialAs}
          allowDeselect={false}
          onChange={(way) => onChange({ dialAs: way === dialAs ? '' : (way as PbxValues['dialAs']) })}
        />
        <MultiSelect
          {...words.fields.countries}
          placeholder={values.countries.length === 0 ? words.onlyOwn(nameOfOwn) : ''}
          data={countries}
          value={values.countries}
          error={faults[`${place}/countries`]}
          searchable
          onChange={(chosen) =>
            onChange({ countries: values.countries.length > 0 ? chosen : withOwn(country, chosen) })
          }
        />
        <TagsInput
          {...words.fields.refusedPrefixes}
          placeholder={values.refusedPrefixes.length === 0 ? '7809' : ''}
          value={values.refusedPrefixes}
          error={faults[`${place}/refusedPrefixes`]}
          onChange={(refusedPrefixes) => onChange({ refusedPrefixes })}
          splitChars={[',', ' ', ';']}
          acceptValueOnBlur
        />
      </SimpleGrid>
    </Fieldset>
  );
}

/** Whoever adds the first country does not mean to lose their own. */
const withOwn = (own: string, chosen: string[]): string[] => [...new Set([own, ...chosen])];
