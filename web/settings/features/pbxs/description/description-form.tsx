import { Alert, Fieldset, TagsInput, TextInput } from '@mantine/core';
import { defaultPbx } from '../../../../../proto/default-pbx.ts';
import { useLanguage, useWords } from '../../../../kit/language.tsx';
import { useUser } from '../../../../kit/session/user.ts';
import { Changeable } from '../../settings/changeable.tsx';
import { SaveBar } from '../../settings/save-bar.tsx';
import type { PresentSettings } from '../../settings/settings.ts';
import { useSectionForm } from '../../settings/use-section-form.ts';
import { type Faults, faultsIn } from './faults.ts';
import { RewritingRules } from './rewriting-rules.tsx';
import { Dids, Members, Mobiles } from './tables.tsx';
import { type DescriptionValues, descriptionOf, type ListName, valuesOf } from './values.ts';
import { texts } from './words.ts';

interface DescriptionFormParts {
  accountId: string;
  pbxId: string;
  present: PresentSettings;
}

/** How a field of the form is shown and changed. */
export interface FieldParts {
  values: DescriptionValues;
  faults: Faults;
  set: <N extends keyof DescriptionValues>(name: N, value: DescriptionValues[N]) => void;
}

const usual = defaultPbx('usual', 'UTC');

/** What is known of a PBX beyond its rows. */
export function DescriptionForm({ accountId, pbxId, present }: DescriptionFormParts) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const mayChange = useUser().role === 'admin';
  const { form, basis, bar } = useSectionForm(present, ({ settings }) => valuesOf(settings.pbxs[pbxId] ?? {}));
  const { pbxs } = basis.settings;
  const { values } = form;
  const described = descriptionOf(values, pbxs[pbxId] ?? {});
  const faults = faultsIn(described, values, language);
  const isFaulty = Object.keys(faults).length > 0;
  const field: FieldParts = {
    ...{ values, faults },
    set: (name, value) => form.setValues({ [name]: value } as Partial<DescriptionValues>),
  };
  return (
    <Changeable if={mayChange} isWide>
      <Sections {...field} />
      {isFaulty && <Alert color="red">{words.hasFaults}</Alert>}
      {mayChange && (
        <SaveBar
          {...bar}
          accountId={accountId}
          sections={form.isDirty() ? { pbxs: { ...pbxs, [pbxId]: described } } : undefined}
          isUsable={!isFaulty}
        />
      )}
    </Changeable>
  );
}

function Sections(field: FieldParts) {
  const words = useWords(texts);
  return (
    <>
      <Fieldset legend={words.people}>
        <OneText name="extensionPattern" {...field} />
        <List name="extensions" {...field} />
        <Mobiles {...field} />
      </Fieldset>
      <Fieldset legend={words.outside}>
        <List name="trunkPrefixes" {...field} />
        <List name="inboundContexts" {...field} />
        <List name="outboundPrefixes" {...field} />
        <List name="ownCallerIds" {...field} />
        <Dids {...field} />
      </Fieldset>
      <Fieldset legend={words.inside}>
        <List name="internalContexts" {...field} />
        <Members name="groups" {...field} />
        <Members name="queues" {...field} />
        <List name="pickupCodes" {...field} />
        <List name="parkingExtensions" {...field} />
      </Fieldset>
      <Fieldset legend={words.clients}>
        <OneText name="country" {...field} />
        <RewritingRules {...field} />
      </Fieldset>
    </>
  );
}

function OneText({ name, values, faults, set }: FieldParts & { name: 'extensionPattern' | 'country' }) {
  const words = useWords(texts);
  const { label, about } = words.fields[name];
  return (
    <TextInput
      {...{ label, maw: 560, mb: 'lg' }}
      description={`${about} ${words.whileEmpty(usual[name])}`}
      value={values[name]}
      error={faults[name]}
      onChange={({ currentTarget }) => set(name, currentTarget.value.trim())}
    />
  );
}

function List({ name, values, faults, set }: FieldParts & { name: ListName }) {
  const words = useWords(texts);
  const { label, about } = words.fields[name];
  const holds = usual[name].join(', ') || words.automatic;
  const fault = Object.entries(faults).find(([place]) => place === name || place.startsWith(`${name}/`))?.[1];
  return (
    <TagsInput
      {...{ label, maw: 560, mb: 'lg' }}
      description={`${about} ${words.whileEmpty(holds)}`}
      value={values[name]}
      error={fault}
      onChange={(list) => set(name, list)}
      splitChars={[',', ' ', ';']}
      acceptValueOnBlur
    />
  );
}
