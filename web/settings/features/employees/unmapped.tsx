import { Select, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AmocrmUser } from '../../../../proto/catalogue.ts';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import type { Mapping } from './mapping.ts';
import { seenExtensionsQuery } from './seen-extensions.ts';
import { texts } from './words.ts';

interface UnmappedParts {
  accountId: string;
  users: AmocrmUser[];
  mapping: Mapping;
  /** Undefined: they can't be given to anybody here. */
  onGive: ((extension: string, user: string) => void) | undefined;
}

/** Extensions that calls have shown and nobody has: nobody gets their cards and calls until they are given to somebody. */
export function Unmapped({ accountId, users, mapping, onGive }: UnmappedParts) {
  const words = useWords(texts);
  const { data: seen = [] } = useQuery(seenExtensionsQuery(accountId));
  const mapped = new Set(Object.values(mapping).flat());
  const unmapped = seen.filter(
    ({ extension }, index) => !mapped.has(extension) && seen.findIndex((one) => one.extension === extension) === index, // on several PBXs
  );
  if (unmapped.length === 0) return null;
  const choices = users.filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Stack gap="xs" component="section" aria-label={words.unmapped}>
      <Title order={3} size="h4">
        {words.unmapped}
      </Title>
      <Text size="sm">{onGive ? words.unmappedAbout : words.unmappedInAmocrm}</Text>
      <Table.ScrollContainer minWidth={360} mah={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.extension}</Table.Th>
              <Table.Th>{words.lastCall}</Table.Th>
              {onGive && <Table.Th w="45%">{words.giveTo}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {unmapped.map(({ extension, lastCallAtMs }) => (
              <Table.Tr key={extension}>
                <Table.Td>{extension}</Table.Td>
                <Table.Td>
                  <Moment atMs={lastCallAtMs} isShort />
                </Table.Td>
                {onGive && (
                  <Table.Td>
                    <Select
                      aria-label={words.giveExtension(extension)}
                      placeholder={words.nobodyYet}
                      data={choices}
                      value={null}
                      searchable
                      onChange={(user) => user !== null && onGive(extension, user)}
                    />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
