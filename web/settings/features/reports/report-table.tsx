import { Button, Group, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Cell, csvOf } from '../../../kit/csv.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { saveFile } from '../../../kit/save-file.ts';
import { texts } from './words.ts';

export interface Column<R> {
  title: string;
  /** In a file, if otherwise. */
  fileTitle?: string;
  /** As a file holds it: times in seconds, phones as digits. */
  cell(row: R): Cell;
  /** As the page shows it, if otherwise. */
  show?(row: R): ReactNode;
  isNumber?: boolean;
}

interface ReportTableParts<R> {
  title: string;
  /** What the figures mean. */
  about?: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf(row: R): string | number;
  /** Of the file, without its ending. */
  file: string;
  /** In place of rows where there are none. */
  none: string;
}

/** A table of a report, which can be kept as a file. On a narrow screen it is moved sideways. */
export function ReportTable<R>({ title, about, columns, rows, keyOf, file, none }: ReportTableParts<R>) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const save = () => {
    const header = columns.map((column) => column.fileTitle ?? column.title);
    const cells = rows.map((row) => columns.map((column) => column.cell(row)));
    saveFile(`${file}.csv`, csvOf(language, header, cells), 'text/csv');
  };
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={3} size="h4">
          {title}
        </Title>
        <Button
          size="xs"
          variant="default"
          onClick={save}
          disabled={rows.length === 0}
          aria-label={`${words.csv}: ${title}`}
        >
          {words.csv}
        </Button>
      </Group>
      {about && (
        <Text size="sm" c="dimmed" mb="xs">
          {about}
        </Text>
      )}
      {rows.length === 0 ? (
        <Text>{none}</Text>
      ) : (
        <Table.ScrollContainer
          minWidth={Math.min(900, columns.length * 105)}
          type="native"
          tabIndex={0}
          role="region"
          aria-label={title}
        >
          <Table verticalSpacing="xs" striped>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column.title} ta={column.isNumber ? 'right' : 'left'}>
                    {column.title}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={keyOf(row)}>
                  {columns.map((column) => (
                    <Table.Td key={column.title} ta={column.isNumber ? 'right' : 'left'}>
                      {column.show ? column.show(row) : column.cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}
