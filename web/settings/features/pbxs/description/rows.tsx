import { Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface RowsParts<R> {
  label: string;
  about: string;
  rows: R[];
  /** A row to begin with. */
  blank: R;
  words: { add: string; remove: string };
  onChange: (rows: R[]) => void;
  /** The fields of a row; `change` puts another in its place. */
  children: (row: R, index: number, change: (changes: Partial<R>) => void) => ReactNode;
}

/** A list whose rows have several fields: rows are added at its end and removed one by one. */
export function Rows<R extends object>({ label, about, rows, blank, words, onChange, children }: RowsParts<R>) {
  return (
    <Stack gap="xs" mb="lg" role="group" aria-label={label}>
      <div>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      </div>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own
        <Group key={index} gap="xs" align="flex-start" wrap="wrap">
          {children(row, index, (changes) =>
            onChange(rows.map((one, place) => (place === index ? { ...one, ...changes } : one))),
          )}
          <CloseButton
            aria-label={`${words.remove}: ${label}, ${index + 1}`}
            onClick={() => onChange(rows.filter((_, place) => place !== index))}
          />
        </Group>
      ))}
      <Button
        size="xs"
        variant="light"
        style={{ alignSelf: 'flex-start' }}
        aria-label={`${words.add}: ${label}`}
        onClick={() => onChange([...rows, blank])}
      >
        {words.add}
      </Button>
    </Stack>
  );
}
