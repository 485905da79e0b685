import { Group, Pagination, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useSearchParams } from 'wouter';
import { useWords, type Words } from '../../kit/language.tsx';

/** What is looked for and which page of it, as it stands in the address. */
export function useSearch() {
  const [address, setAddress] = useSearchParams();
  const search = address.get('search') ?? '';
  const page = Math.max(1, Math.floor(Number(address.get('page')) || 1));
  const isOn = (name: string) => address.get(name) === '1';
  /** @param changes by the names in the address; one that is empty or false leaves it. A new search begins at its first page */
  const go = (changes: Record<string, string | number | boolean>) => {
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries<string | number | boolean>({ page: '', ...changes })) {
          if (value === '' || value === false) next.delete(name);
          else next.set(name, value === true ? '1' : String(value));
        }
        return next;
      },
      { replace: true },
    );
  };
  return { search, page, isOn, go };
}

export type Search = ReturnType<typeof useSearch>;

const typingPauseMs = 300;

export function SearchField({ label, of: { search, go } }: { label: string; of: Search }) {
  const words = useWords(texts);
  const tell = useDebouncedCallback((typed: string) => go({ search: typed.trim() }), typingPauseMs);
  return (
    <TextInput
      type="search"
      label={words.search}
      description={label}
      defaultValue={search}
      maxLength={200}
      maw={420}
      onChange={({ currentTarget: { value } }) => tell(value)}
    />
  );
}

/** Further pages of what was found. */
export function Paging({ of: { page, go }, total, pageSize }: { of: Search; total: number; pageSize: number }) {
  const words = useWords(texts);
  const pages = Math.ceil(total / pageSize);
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" role="status">
        {words.found(total)}
      </Text>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={Math.min(page, pages)}
          onChange={(chosen) => go({ page: chosen })}
          getItemProps={(item) => ({ 'aria-label': words.page(item) })}
          getControlProps={(control) => ({ 'aria-label': control === 'next' ? words.next : words.previous })}
        />
      )}
    </Group>
  );
}

interface Texts extends Record<'search' | 'next' | 'previous', string> {
  found(total: number): string;
  page(page: number): string;
}

const texts: Words<Texts> = {
  ru: {
    ...{ search: 'Поиск', next: 'Следующая страница', previous: 'Предыдущая страница' },
    found: (total) => `Всего: ${total}`,
    page: (page) => `Страница ${page}`,
  },
  en: {
    ...{ search: 'Search', next: 'Next page', previous: 'Previous page' },
    found: (total) => `In all: ${total}`,
    page: (page) => `Page ${page}`,
  },
};
