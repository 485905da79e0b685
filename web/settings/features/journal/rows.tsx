import { Button, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import { type CallName, type CallRows, rowsQuery } from './calls.ts';
import { texts } from './words.ts';

/** The rows of Asterisk from which a call was told, for whoever wants to know exactly. */
export function Rows({ accountId, name }: { accountId: string; name: CallName }) {
  const words = useWords(texts);
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack gap="xs" align="flex-start">
      <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? words.hideRows : words.showRows}
      </Button>
      {isOpen && <ReadRows accountId={accountId} name={name} />}
    </Stack>
  );
}

function ReadRows({ accountId, name }: { accountId: string; name: CallName }) {
  const rows = useQuery(rowsQuery(accountId, name));
  return <Asked query={rows}>{(answer) => <RowsTable {...answer} />}</Asked>;
}

const firstColumns = [
  'eventtime',
  'eventtype',
  'channame',
  'cid_num',
  'exten',
  'context',
  'appname',
  'appdata',
  'extra',
];

function RowsTable({ rows, count }: CallRows) {
  const words = useWords(texts);
  const present = new Set(rows.flatMap(({ columns }) => Object.keys(columns)));
  const columns = [
    ...firstColumns.filter((column) => present.has(column)),
    ...[...present].filter((column) => !firstColumns.includes(column)),
  ];
  return (
    <Stack gap="xs" maw="100%">
      {rows.length < count && (
        <Text size="sm" c="dimmed">
          {words.rowsGone(rows.length, count)}
        </Text>
      )}
      <ScrollArea
        type="auto"
        maw="100%"
        viewportProps={{ role: 'region', tabIndex: 0, 'aria-label': words.rows(rows.length) }}
      >
        <Table fz="xs" withTableBorder verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {['id', ...columns].map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ id, columns: values }) => (
              <Table.Tr key={id}>
                <Table.Td>{id}</Table.Td>
                {columns.map((column) => (
                  <Table.Td key={column} style={{ whiteSpace: 'nowrap' }}>
                    {values[column]}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Stack>
  );
}
