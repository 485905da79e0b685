import { Alert, Badge, Radio, Stack, Table, TagsInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type AmocrmUser, employeesByOwnPhones } from '../../../../proto/catalogue.ts';
import { defaultExtensionPattern } from '../../../../proto/default-pbx.ts';
import { useWords } from '../../app/language.tsx';
import { useUser } from '../session/user.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import type { PresentSettings } from '../settings/settings.ts';
import { employeesOf, faultsOf, type Mapping, mappingOf } from './mapping.ts';
import { texts } from './words.ts';

interface EmployeesFormParts {
  accountId: string;
  users: AmocrmUser[];
  present: PresentSettings;
}

/** By the users' own phone numbers, or as it is set here. */
export function EmployeesForm({ accountId, users, present }: EmployeesFormParts) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const suggested = mappingOf(employeesByOwnPhones(users, defaultExtensionPattern));
  const valuesOf = ({ version, settings: { employees } }: PresentSettings) => ({
    version,
    way: employees === null ? 'amocrm' : 'here',
    mapping: employees === null ? suggested : mappingOf(employees),
  });
  const form = useForm({ initialValues: valuesOf(present) });
  const { way, mapping, version } = form.values;
  const faults = faultsOf(mapping, users);
  const isUsable = way === 'amocrm' || faults.shared.length + faults.unreadable.length === 0;
  const isChanged = form.isDirty('way') || (way === 'here' && form.isDirty('mapping'));
  const restart = (values: ReturnType<typeof valuesOf>) => {
    form.setInitialValues(values);
    form.setValues(values);
  };
  return (
    <Changeable if={mayChange} isWide>
      <Radio.Group label={words.way} value={way} onChange={(chosen) => form.setFieldValue('way', chosen)}>
        <Stack gap="xs" mt="xs">
          <Radio value="amocrm" label={words.byAmocrm} description={words.byAmocrmAbout} />
          <Radio value="here" label={words.byHand} description={words.byHandAbout} />
        </Stack>
      </Radio.Group>
      <MappingTable
        users={users}
        mapping={way === 'amocrm' ? suggested : mapping}
        isFixed={way === 'amocrm' || !mayChange}
        onChange={(changed) => form.setFieldValue('mapping', changed)}
      />
      {way === 'here' && (
        <Faults {...faults} nameOf={(id) => users.find((user) => String(user.id) === id)?.name ?? id} />
      )}
      {mayChange && (
        <SaveBar
          accountId={accountId}
          basedOn={version}
          sections={isChanged && isUsable ? { employees: way === 'amocrm' ? null : employeesOf(mapping) } : undefined}
          onSaved={(saved) => restart({ ...form.values, version: saved })}
          onReset={(fresh) => restart(valuesOf(fresh))}
        />
      )}
    </Changeable>
  );
}

interface MappingTableParts {
  users: AmocrmUser[];
  mapping: Mapping;
  isFixed: boolean;
  onChange: (mapping: Mapping) => void;
}

function MappingTable({ users, mapping, isFixed, onChange }: MappingTableParts) {
  const words = useWords(texts);
  const shown = users.filter(({ id, isActive }) => isActive || mapping[id]?.length);
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.user}</Table.Th>
            <Table.Th>{words.phone}</Table.Th>
            <Table.Th w="45%">{words.extensions}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ id, name, phone, isActive }) => (
            <Table.Tr key={id}>
              <Table.Td>
                {name}{' '}
                {!isActive && (
                  <Badge variant="dot" color="orange">
                    {words.inactive}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{phone ?? '—'}</Table.Td>
              <Table.Td>
                {isFixed ? (
                  mapping[id]?.join(', ') || (
                    <Text c="dimmed" size="sm">
                      {words.none}
                    </Text>
                  )
                ) : (
                  <TagsInput
                    aria-label={words.extensionsOf(name)}
                    value={mapping[id] ?? []}
                    onChange={(extensions) => onChange({ ...mapping, [id]: extensions })}
                    splitChars={[',', ' ', ';']}
                    acceptValueOnBlur
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Faults({ shared, unreadable, idle, nameOf }: ReturnType<typeof faultsOf> & { nameOf(id: string): string }) {
  const words = useWords(texts);
  return (
    <>
      {shared.length > 0 && <Alert color="red">{words.shared(shared.join(', '))}</Alert>}
      {unreadable.length > 0 && <Alert color="red">{words.unreadable(unreadable.join(', '))}</Alert>}
      {idle.length > 0 && <Alert color="orange">{words.idle(idle.map(nameOf).join(', '))}</Alert>}
    </>
  );
}
