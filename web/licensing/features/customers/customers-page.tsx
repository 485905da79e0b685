import { Anchor, Button, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Day } from '../../../kit/moment.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Customer } from '../../app/api.ts';
import { Paging, SearchField, useSearch } from '../../ui/search-field.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { customersQuery } from './customers.ts';
import { texts } from './words.ts';

/** All customers; a partner's people see their own. */
export default function CustomersPage() {
  const words = useWords(texts);
  const [, go] = useLocation();
  const search = useSearch();
  const found = useQuery({ ...customersQuery(search.search, search.page), placeholderData: keepPreviousData });
  const [isAdding, setAdding] = useState(false);
  const add = <Button onClick={() => setAdding(true)}>{words.add}</Button>;
  const isEmpty = found.data?.total === 0 && search.search === '';
  return (
    <Page title={words.customers} about={words.customersAbout} actions={!isEmpty && add}>
      {isEmpty ? (
        <EmptyState title={words.none} text={words.noneText}>
          {add}
        </EmptyState>
      ) : (
        <SearchField label={words.searchBy} of={search} />
      )}
      <Asked query={found}>
        {({ customers, total, pageSize }) => (
          <>
            {customers.length > 0 && <CustomerTable customers={customers} />}
            {customers.length === 0 && !isEmpty && <EmptyState title={words.nothing} text={words.nothingText} />}
            {!isEmpty && <Paging of={search} total={total} pageSize={pageSize} />}
          </>
        )}
      </Asked>
      {isAdding && <CustomerDialog onClose={() => setAdding(false)} onDone={({ id }) => go(`/customers/${id}`)} />}
    </Page>
  );
}

function CustomerTable({ customers }: { customers: Customer[] }) {
  const words = useWords(texts);
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.name}</Table.Th>
          <Table.Th visibleFrom="xs">{words.purchases}</Table.Th>
          <Table.Th>{words.endsFirst}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {customers.map(({ id, name, email, purchases, endsAtMs }) => (
          <Table.Tr key={id}>
            <Table.Td style={{ overflowWrap: 'break-word' }}>
              <Anchor component={Link} href={`/customers/${id}`} fw={600}>
                {name}
              </Anchor>
              {email !== '' && (
                <Text size="xs" c="dimmed">
                  {email}
                </Text>
              )}
            </Table.Td>
            <Table.Td visibleFrom="xs">{purchases}</Table.Td>
            <Table.Td>{endsAtMs === null ? '—' : <Day atMs={endsAtMs} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
