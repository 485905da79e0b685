import { Checkbox, Group, MultiSelect, NumberInput, Radio, Select, Stack, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConditionName } from '../../../../../workflows/call/decide/matching.ts';
import { useWords } from '../../../../kit/language.tsx';
import { callTexts } from '../../journal/call-words.ts';
import { directions, results } from '../../journal/filter.ts';
import { useFault, useNamesOfForm } from '../form-context.tsx';
import type { Names } from '../names.ts';
import { texts } from '../words.ts';
import { type ConditionValue, conditionTexts } from './condition-words.ts';

interface FieldParts<C extends ConditionName> {
  name: C;
  value: ConditionValue<C>;
  onChange: (value: ConditionValue<C>) => void;
}

interface ConditionForm<C extends ConditionName> {
  /** What it says when it is added; undefined: nothing is there that it could name. */
  initial(names: Names): ConditionValue<C> | undefined;
  Field(parts: FieldParts<C>): ReactNode;
}

/** How each condition is filled in: one entry for each. */
export const conditionForms: { [C in ConditionName]: ConditionForm<C> } = {
  direction: {
    initial: () => ['inbound'],
    Field: (parts) => {
      const words = useWords(callTexts);
      const offered = directions.filter((one) => one !== 'internal' || parts.value.includes(one));
      return <Boxes {...parts} options={offered} labels={words.directions} />;
    },
  },
  result: {
    initial: () => ['missed', 'busy', 'voicemail'],
    Field: (parts) => <Boxes {...parts} options={results} labels={useWords(callTexts).results} />,
  },
  clientKnown: { initial: () => false, Field: (parts) => <YesOrNo {...parts} /> },
  dids: { initial: () => [], Field: (parts) => <Typed {...parts} known={useNamesOfForm().dids} /> },
  trunks: { initial: () => [], Field: (parts) => <Typed {...parts} known={[]} /> },
  queues: { initial: () => [], Field: (parts) => <Typed {...parts} known={useNamesOfForm().queues} /> },
  extensions: { initial: () => [], Field: (parts) => <Typed {...parts} known={useNamesOfForm().extensions} /> },
  waitedSeconds: { initial: () => ({ from: 10 }), Field: (parts) => <Seconds {...parts} /> },
  talkedSeconds: { initial: () => ({ from: 10 }), Field: (parts) => <Seconds {...parts} /> },
  lostInIvr: { initial: () => true, Field: (parts) => <YesOrNo {...parts} /> },
  inLists: { initial: firstList, Field: (parts) => <Lists {...parts} /> },
  notInLists: { initial: firstList, Field: (parts) => <Lists {...parts} /> },
  calendar: {
    initial: ({ calendars: [first] }) => first && { id: first.id, is: 'closed' },
    Field: (parts) => <Hours {...parts} />,
  },
  hours: { initial: () => 'closed', Field: (parts) => <OpenOrClosed {...parts} /> },
};

function firstList({ lists: [first] }: Names): string[] | undefined {
  return first && [first.id];
}

const placeOf = (name: ConditionName) => `when/${name}`;
const useLabel = (name: ConditionName) => useWords(conditionTexts)[name].label;

interface BoxesParts<T extends string> {
  name: ConditionName;
  value: T[];
  options: readonly T[];
  labels: Record<T, string>;
  onChange: (value: T[]) => void;
}

function Boxes<T extends string>({ name, value, options, labels, onChange }: BoxesParts<T>) {
  return (
    <Checkbox.Group
      label={useLabel(name)}
      value={value}
      onChange={(chosen) => onChange(options.filter((option) => (chosen as T[]).includes(option)))}
      error={useFault(placeOf(name))}
    >
      <Group gap="sm" mt={4}>
        {options.map((option) => (
          <Checkbox key={option} value={option} label={labels[option]} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function YesOrNo({ name, value, onChange }: FieldParts<'clientKnown' | 'lostInIvr'>) {
  const says = useWords(conditionTexts)[name].says;
  const names = useNamesOfForm();
  return (
    <Select
      label={useLabel(name)}
      data={[true, false].map((one) => ({ value: String(one), label: says(one, names) }))}
      value={String(value)}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen === 'true')}
    />
  );
}

function Typed({
  name,
  value,
  known,
  onChange,
}: FieldParts<ConditionName & ('dids' | 'trunks' | 'queues' | 'extensions')> & { known: readonly string[] }) {
  const words = useWords(texts);
  return (
    <TagsInput
      label={useLabel(name)}
      description={words.typed}
      data={[...known]}
      value={value}
      onChange={onChange}
      splitChars={[',', ' ', ';']}
      acceptValueOnBlur
      error={useFault(placeOf(name))}
    />
  );
}

function Seconds({ name, value, onChange }: FieldParts<'waitedSeconds' | 'talkedSeconds'>) {
  const words = useWords(texts);
  const label = useLabel(name);
  const fault = useFault(placeOf(name));
  const field = (part: 'from' | 'below') => (
    <NumberInput
      label={`${label}: ${words[part].toLowerCase()}`}
      min={0}
      allowNegative={false}
      value={value[part] ?? ''}
      error={part === 'below' ? fault : fault !== undefined}
      onChange={(typed) => {
        const { [part]: _, ...rest } = value;
        onChange(typed === '' ? rest : { ...rest, [part]: Number(typed) });
      }}
      flex={1}
    />
  );
  return (
    <Group align="flex-start" grow>
      {field('from')}
      {field('below')}
    </Group>
  );
}

function Lists({ name, value, onChange }: FieldParts<'inLists' | 'notInLists'>) {
  const { lists } = useNamesOfForm();
  const gone = value.filter((id) => !lists.some((list) => list.id === id));
  return (
    <MultiSelect
      label={useLabel(name)}
      data={[...lists.map((list) => ({ value: list.id, label: list.name })), ...gone]}
      value={value}
      onChange={onChange}
      error={useFault(placeOf(name))}
    />
  );
}

function Hours({ name, value, onChange }: FieldParts<'calendar'>) {
  const { calendars } = useNamesOfForm();
  const isGone = !calendars.some(({ id }) => id === value.id);
  return (
    <Stack gap={4}>
      <Select
        label={useLabel(name)}
        data={[...calendars.map((one) => ({ value: one.id, label: one.name })), ...(isGone ? [value.id] : [])]}
        value={value.id}
        allowDeselect={false}
        onChange={(id) => id !== null && onChange({ ...value, id })}
        error={useFault(placeOf(name))}
      />
      <OpenOrClosed name={name} value={value.is} onChange={(is) => onChange({ ...value, is })} />
    </Stack>
  );
}

interface OpenOrClosedParts {
  name: ConditionName;
  value: 'open' | 'closed';
  onChange: (value: 'open' | 'closed') => void;
}

function OpenOrClosed({ name, value, onChange }: OpenOrClosedParts) {
  const words = useWords(texts);
  return (
    <Radio.Group label={useLabel(name)} value={value} onChange={(is) => onChange(is as typeof value)}>
      <Group gap="sm" mt={4}>
        <Radio value="open" label={words.open} />
        <Radio value="closed" label={words.closed} />
      </Group>
    </Radio.Group>
  );
}
