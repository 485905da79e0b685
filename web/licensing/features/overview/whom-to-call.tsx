import { Anchor, Badge, Card, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../../kit/language.tsx';
import { Day, Moment } from '../../../kit/moment.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Overview, Purchase } from '../../app/api.ts';
import { usePlanName } from '../../ui/plans.ts';
import { purchaseTexts } from '../../ui/purchase-words.ts';
import { foreignKeysQuery } from '../installations/installations.ts';
import { texts } from './words.ts';

/** Whom to remind: two weeks, a week, a day ahead. */
export function Ending({ overview: { endsSoon } }: { overview: Overview }) {
  const words = useWords(texts);
  const { daysLeft } = useWords(purchaseTexts);
  const within = (from: number, to: number) => endsSoon.filter((one) => one.daysLeft > from && one.daysLeft <= to);
  const groups: [string, string, Overview['endsSoon']][] = [
    [words.withinDay, 'red.9', within(Number.NEGATIVE_INFINITY, 1)],
    [words.withinWeek, 'orange.9', within(1, 7)],
    [words.withinTwoWeeks, 'blue.9', within(7, 14)],
  ];
  return (
    <Part title={words.endsSoon} about={words.endsSoonAbout}>
      {endsSoon.length === 0 && <Text>{words.nothingEnds}</Text>}
      {groups.map(
        ([label, color, purchases]) =>
          purchases.length > 0 && (
            <div key={label}>
              <Badge color={color} mb={6}>
                {label}
              </Badge>
              <List size="sm">
                {purchases.map((purchase) => (
                  <List.Item key={purchase.id}>
                    <OfCustomer purchase={purchase} />,{' '}
                    <Day atMs={Math.max(purchase.paidUntilMs ?? 0, purchase.invoiceUntilMs ?? 0)} /> —{' '}
                    {daysLeft(purchase.daysLeft)}
                  </List.Item>
                ))}
              </List>
            </div>
          ),
      )}
    </Part>
  );
}

/** Who works on until their invoice is paid. */
export function InvoicePending({ purchases }: { purchases: Purchase[] }) {
  const words = useWords(texts);
  if (purchases.length === 0) return null;
  return (
    <Part title={words.invoicePending} about={words.invoicePendingAbout}>
      <List size="sm">
        {purchases.map((purchase) => (
          <List.Item key={purchase.id}>
            <OfCustomer purchase={purchase} />, {words.until} <Day atMs={purchase.invoiceUntilMs ?? 0} />
          </List.Item>
        ))}
      </List>
    </Part>
  );
}

/** Who works on for some days although the term is over. */
export function InGrace({ purchases }: { purchases: Purchase[] }) {
  const words = useWords(texts);
  if (purchases.length === 0) return null;
  return (
    <Part title={words.graceTitle} about={words.graceAbout}>
      <List size="sm">
        {purchases.map((purchase) => (
          <List.Item key={purchase.id}>
            <OfCustomer purchase={purchase} />
            {purchase.graceUntilMs !== null && (
              <>
                , {words.until} <Moment atMs={purchase.graceUntilMs} />
              </>
            )}
          </List.Item>
        ))}
      </List>
    </Part>
  );
}

/** Whose key was entered elsewhere. */
export function ForeignKeys() {
  const words = useWords(texts);
  const attempts = useQuery(foreignKeysQuery);
  return (
    <Part title={words.foreignTitle} about={words.foreignAbout}>
      <Asked query={attempts}>
        {(list) => (
          <List size="sm">
            {list.map(({ purchaseId, customerId, customer, lastAtMs, address, times, machines }) => (
              <List.Item key={purchaseId}>
                <Anchor component={Link} href={`/customers/${customerId}`} inherit>
                  {customer}
                </Anchor>
                : {machines > 1 ? words.manyCame(machines, address) : words.cameFrom(address, times)},{' '}
                <Moment atMs={lastAtMs} isShort />
              </List.Item>
            ))}
          </List>
        )}
      </Asked>
    </Part>
  );
}

function OfCustomer({ purchase: { customerId, customer, planId, seats } }: { purchase: Purchase }) {
  const words = useWords(purchaseTexts);
  const nameOf = usePlanName();
  return (
    <>
      <Anchor component={Link} href={`/customers/${customerId}`} inherit>
        {customer}
      </Anchor>
      : {nameOf(planId)}, {words.seats(seats)}
    </>
  );
}

function Part({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="sm">
        <div>
          <Title order={3} size="h4">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {about}
          </Text>
        </div>
        {children}
      </Stack>
    </Card>
  );
}
