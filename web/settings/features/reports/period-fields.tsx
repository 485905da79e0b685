import { Button, Group, Select, TextInput } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import type { Account } from '../../app/account.ts';
import { lastDays, type Period } from './period.ts';
import { texts } from './words.ts';

interface PeriodFieldsParts {
  account: Account;
  zone: string;
  period: Period;
  onChange: (changes: Partial<Period>) => void;
}

/** Which days, and of which PBX. */
export function PeriodFields({ account, zone, period, onChange }: PeriodFieldsParts) {
  const words = useWords(texts);
  const preset = (label: string, count: number) => {
    const days = lastDays(zone, Date.now(), count);
    const isChosen = days.from === period.from && days.to === period.to;
    return (
      <Button variant={isChosen ? 'light' : 'default'} aria-pressed={isChosen} onClick={() => onChange(days)}>
        {label}
      </Button>
    );
  };
  const day = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="date"
      label={label}
      value={period[name]}
      onChange={({ currentTarget: { value } }) => value !== '' && onChange({ [name]: value })}
    />
  );
  return (
    <Group align="flex-end" gap="xs">
      {preset(words.today, 1)}
      {preset(words.week, 7)}
      {preset(words.month, 30)}
      {day('from', words.from)}
      {day('to', words.to)}
      {account.pbxs.length > 1 && (
        <Select
          label={words.pbx}
          data={[{ value: '', label: words.allPbxs }, ...account.pbxs.map(({ id }) => ({ value: id, label: id }))]}
          value={period.pbx}
          allowDeselect={false}
          onChange={(pbx) => onChange({ pbx: pbx ?? '' })}
        />
      )}
    </Group>
  );
}
