import { Button, Collapse, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../../../kit/language.tsx';
import { callTexts } from './call-words.ts';
import { type CallFilter, directions, hasDigits, registrations, results, writeFilter } from './filter.ts';
import { texts } from './words.ts';

interface FilterFieldsParts {
  filter: CallFilter;
  onChange: (changes: Partial<CallFilter>) => void;
  onReset: () => void;
}

/** What is searched by; the phone alone until somebody wants more. */
export function FilterFields({ filter, onChange, onReset }: FilterFieldsParts) {
  const words = useWords(texts);
  const [resets, setResets] = useState(0);
  const hasMore = writeFilter({ ...filter, phone: '' }) !== '';
  const [isOpen, { toggle }] = useDisclosure(hasMore);
  const reset = () => {
    setResets(resets + 1);
    onReset();
  };
  return (
    <Stack gap="xs" key={resets}>
      <Group align="flex-end" gap="xs">
        <TypedField
          label={words.phone}
          placeholder={words.phoneHint}
          inputMode="tel"
          value={filter.phone}
          fault={(phone) => (phone === '' || hasDigits(phone) ? null : words.phoneFault)}
          onChange={(phone) => onChange({ phone })}
        />
        <Button variant="default" onClick={toggle} aria-expanded={isOpen}>
          {words.more}
        </Button>
        {writeFilter(filter) !== '' && (
          <Button variant="subtle" onClick={reset}>
            {words.reset}
          </Button>
        )}
      </Group>
      <Collapse expanded={isOpen}>
        <MoreFields filter={filter} onChange={onChange} />
      </Collapse>
    </Stack>
  );
}

function MoreFields({ filter, onChange }: Omit<FilterFieldsParts, 'onReset'>) {
  const words = useWords(texts);
  const call = useWords(callTexts);
  const choice = (name: 'direction' | 'result' | 'registration', label: string, options: Record<string, string>) => (
    <Select
      label={label}
      placeholder={words.any}
      clearable
      clearButtonProps={{ 'aria-label': `${words.reset}: ${label}` }}
      data={Object.entries(options).map(([value, text]) => ({ value, label: text }))}
      value={filter[name] || null}
      onChange={(value) => onChange({ [name]: value ?? '' })}
    />
  );
  const moment = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="datetime-local"
      label={label}
      value={filter[name]}
      onChange={({ currentTarget: { value } }) => onChange({ [name]: value })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs">
      <TypedField
        label={words.extension}
        placeholder="101"
        inputMode="numeric"
        value={filter.extension}
        onChange={(extension) => onChange({ extension })}
      />
      {choice('direction', words.direction, pick(directions, call.directions))}
      {choice('result', words.result, pick(results, call.results))}
      {choice('registration', words.registration, pick(registrations, call.registrations))}
      {moment('from', words.from)}
      {moment('to', words.to)}
    </SimpleGrid>
  );
}

const pick = <K extends string>(keys: readonly K[], texts: Record<K, string>) =>
  Object.fromEntries(keys.map((key) => [key, texts[key]]));

const typingPauseMs = 300;

interface TypedFieldParts {
  label: string;
  placeholder: string;
  inputMode: 'tel' | 'numeric';
  value: string;
  fault?: (value: string) => string | null;
  onChange: (value: string) => void;
}

/** Searches when somebody pauses in typing. */
function TypedField({ value, onChange, fault, ...rest }: TypedFieldParts) {
  const [typed, setTyped] = useState(value);
  const tell = useDebouncedCallback(onChange, typingPauseMs);
  return (
    <TextInput
      {...rest}
      type="search"
      maxLength={40}
      value={typed}
      error={fault?.(typed) ?? null}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}
