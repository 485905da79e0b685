import { Button, Card, Fieldset, Group, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import { type Person, personName } from '../employees/people.ts';
import type { Faults } from './faults.ts';
import { type EmployeeValues, valuesOfEmployee } from './values.ts';
import { WayFields } from './way-fields.tsx';
import { texts } from './words.ts';

interface EmployeeRowsParts {
  rows: EmployeeValues[];
  people: readonly Person[];
  pbxIds: readonly string[];
  faults: Faults;
  mayChange: boolean;
  onChange: (rows: EmployeeValues[]) => void;
}

/** Those whose calls differ from what holds for their PBX. */
export function EmployeeRows({ rows, mayChange, onChange, ...shared }: EmployeeRowsParts) {
  const words = useWords(texts);
  const put = (index: number, changes: Partial<EmployeeValues>) =>
    onChange(rows.map((row, place) => (place === index ? { ...row, ...changes } : row)));
  return (
    <Fieldset legend={words.employees}>
      <Stack align="stretch">
        <Text size="sm">{words.employeesAbout}</Text>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: who it is about can be chosen anew
          <Card key={index} withBorder padding="sm">
            <EmployeeRow
              {...{ row, index, ...shared }}
              onChange={(changes) => put(index, changes)}
              onRemove={mayChange ? () => onChange(rows.filter((_, place) => place !== index)) : undefined}
            />
          </Card>
        ))}
        {mayChange && (
          <Group>
            <Button variant="light" size="xs" onClick={() => onChange([...rows, valuesOfEmployee('')])}>
              {words.addEmployee}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

interface EmployeeRowParts extends Pick<EmployeeRowsParts, 'people' | 'pbxIds' | 'faults'> {
  row: EmployeeValues;
  index: number;
  onChange: (changes: Partial<EmployeeValues>) => void;
  onRemove: (() => void) | undefined;
}

function EmployeeRow({ row, index, people, pbxIds, faults, onChange, onRemove }: EmployeeRowParts) {
  const words = useWords(texts);
  const place = `employees/${row.extension}`;
  const asPbx = words.asPbx;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={words.employee}
          placeholder={words.choose}
          data={extensionChoices(people, row.extension)}
          value={row.extension || null}
          error={faults[`rows/${index}`] ?? faults[place]}
          searchable
          onChange={(extension) => onChange({ extension: extension ?? '' })}
        />
        {pbxIds.length > 1 && (
          <Select
            label={words.theirPbx}
            placeholder={words.firstPbx}
            data={[...pbxIds]}
            value={row.pbx || null}
            clearable
            onChange={(pbx) => onChange({ pbx: pbx ?? '' })}
          />
        )}
      </SimpleGrid>
      <Switch
        label={words.isOff}
        checked={row.isOff}
        onChange={({ currentTarget }) => onChange({ isOff: currentTarget.checked })}
      />
      {!row.isOff && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <WayFields
            {...{ values: row, faults, place, onChange }}
            usual={{
              channel: asPbx,
              context: asPbx,
              prefix: asPbx,
              callerId: asPbx,
              ringSeconds: asPbx,
              autoAnswer: asPbx,
            }}
          />
        </SimpleGrid>
      )}
      {onRemove && (
        <Group>
          <Button variant="subtle" color="red" size="xs" onClick={onRemove}>
            {words.removeEmployee(row.extension)}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** By name; whoever is chosen stays there to be chosen, also when nobody knows them any more. */
export function extensionChoices(people: readonly Person[], chosen: string): { value: string; label: string }[] {
  const known = people.map(({ extension }) => extension);
  const all = chosen === '' || known.includes(chosen) ? known : [...known, chosen];
  return all.map((extension) => ({ value: extension, label: personName(extension, people) }));
}
