import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Customer, CustomerAnswer } from '../../app/api.ts';
import { useMay } from '../../app/may.ts';
import { HistoryList } from '../history/history-list.tsx';
import { OfflineDialog } from '../purchases/offline-dialog.tsx';
import { PurchaseCard } from '../purchases/purchase-card.tsx';
import { SellDialog } from '../purchases/sell-dialog.tsx';
import { ReserveDialog } from '../trials/reserve-dialog.tsx';
import { TrialTable } from '../trials/trial-table.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { customerQuery, partnersQuery } from './customers.ts';
import { texts } from './words.ts';

type Open = 'sell' | 'change' | 'trial' | 'offline';

/** What a customer has, and what is done for them. */
export default function CustomerPage({ id }: { id: number }) {
  const words = useWords(texts);
  const found = useQuery(customerQuery(id));
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const customer = found.data?.customer;
  const actions = customer && (
    <>
      <Button onClick={() => setOpen('sell')}>{words.sell}</Button>
      <Button variant="default" onClick={() => setOpen('change')}>
        {words.changeCustomer}
      </Button>
    </>
  );
  return (
    <Stack gap="md">
      <Anchor component={Link} href="/customers" size="sm">
        {words.all}
      </Anchor>
      <Page title={customer?.name ?? words.customer} actions={actions}>
        <Asked query={found}>{(answer) => <Whole answer={answer} onOpen={setOpen} />}</Asked>
        {open === 'sell' && <SellDialog customerId={id} onClose={close} />}
        {open === 'trial' && <ReserveDialog customerId={id} onClose={close} />}
        {open === 'offline' && <OfflineDialog onClose={close} />}
        {open === 'change' && customer && <CustomerDialog customer={customer} onClose={close} onDone={close} />}
      </Page>
    </Stack>
  );
}

function Whole({ answer, onOpen }: { answer: CustomerAnswer; onOpen: (what: Open) => void }) {
  const words = useWords(texts);
  const { customer, purchases, trials } = answer;
  return (
    <Stack gap="lg">
      <About customer={customer} />
      <Group gap="xs">
        <Button size="xs" variant="light" onClick={() => onOpen('offline')}>
          {words.offline}
        </Button>
        <Button size="xs" variant="light" onClick={() => onOpen('trial')}>
          {words.giveTrial}
        </Button>
      </Group>
      {purchases.length === 0 ? (
        <EmptyState title={words.nothingBought} text={words.nothingBoughtText}>
          <Button onClick={() => onOpen('sell')}>{words.sell}</Button>
        </EmptyState>
      ) : (
        purchases.map((purchase) => <PurchaseCard key={purchase.id} purchase={purchase} />)
      )}
      {trials.length > 0 && (
        <section aria-label={words.trials}>
          <Title order={3} size="h4">
            {words.trials}
          </Title>
          <TrialTable trials={trials} isOfCustomer />
        </section>
      )}
      <section aria-label={words.history}>
        <Title order={3} size="h4" mb="xs">
          {words.history}
        </Title>
        <HistoryList of={{ customerId: customer.id }} />
      </section>
    </Stack>
  );
}

function About({ customer: { email, note, partnerId } }: { customer: Customer }) {
  const words = useWords(texts);
  const may = useMay();
  const { data: partners } = useQuery({ ...partnersQuery, enabled: may('see-partners') });
  const partner = partners?.find(({ id }) => id === partnerId);
  return (
    <div>
      {email !== '' && (
        <Text>
          <Anchor href={`mailto:${email}`}>{email}</Anchor>
        </Text>
      )}
      {partner && (
        <Text size="sm">
          {words.partner}: {partner.name}
        </Text>
      )}
      {note !== '' && (
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      )}
    </div>
  );
}
