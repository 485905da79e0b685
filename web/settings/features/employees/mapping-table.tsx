import { Badge, Table, TagsInput, Text } from '@mantine/core';
import type { AmocrmUser } from '../../../../proto/catalogue.ts';
import { useWords } from '../../../kit/language.tsx';
import type { Mapping } from './mapping.ts';
import { bareMobile, type Mobiles } from './mobiles.ts';
import { texts } from './words.ts';

interface MappingTableParts {
  users: AmocrmUser[];
  mapping: Mapping;
  mobiles: Mobiles;
  isFixed: boolean;
  onMapping: (mapping: Mapping) => void;
  /** Undefined: they can't be changed. */
  onMobiles: ((mobiles: Mobiles) => void) | undefined;
}

/** Users with their extensions and mobile phones. */
export function MappingTable({ users, mapping, mobiles, isFixed, onMapping, onMobiles }: MappingTableParts) {
  const words = useWords(texts);
  const shown = users.filter(({ id, isActive }) => isActive || mapping[id]?.length);
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.user}</Table.Th>
            <Table.Th>{words.phone}</Table.Th>
            <Table.Th w="30%">{words.extensions}</Table.Th>
            <Table.Th w="30%">{words.mobiles}</Table.Th>
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
                <Tags
                  label={words.extensionsOf(name)}
                  splitChars={[',', ' ', ';']}
                  list={mapping[id]}
                  none={words.none}
                  onChange={isFixed ? undefined : (extensions) => onMapping({ ...mapping, [id]: extensions })}
                />
              </Table.Td>
              <Table.Td>
                <Tags
                  label={words.mobilesOf(name)}
                  splitChars={[',', ';']}
                  list={mobiles[id]}
                  none="—"
                  onChange={onMobiles && ((numbers) => onMobiles({ ...mobiles, [id]: numbers.map(bareMobile) }))}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface TagsParts {
  label: string;
  splitChars: string[];
  list: string[] | undefined;
  /** Stands there if there is none and none can be entered. */
  none: string;
  onChange: ((list: string[]) => void) | undefined;
}

function Tags({ label, splitChars, list = [], none, onChange }: TagsParts) {
  if (onChange) {
    return <TagsInput aria-label={label} value={list} onChange={onChange} splitChars={splitChars} acceptValueOnBlur />;
  }
  if (list.length > 0) return list.join(', ');
  return (
    <Text c="dimmed" size="sm">
      {none}
    </Text>
  );
}
