import { Anchor, Badge, Card, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { bodyOf } from '../../../kit/api.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Day, Moment } from '../../../kit/moment.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api, type Overview, type Purchase } from '../../app/api.ts';
import { usePlanName } from '../../ui/plans.ts';
import { purchaseTexts } from '../../ui/purchase-words.ts';
import { foreignKeysQuery } from '../installations/installations.ts';
import { texts } from './words.ts';

const overviewQuery = { queryKey: ['overview'], queryFn: () => bodyOf(api.GET('/api/overview')) };

/** What one looks at in the morning: numbers, and whom to call. */
export default function OverviewPage() {
  const words = useWords(texts);
  const overview = useQuery(overviewQuery);
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={overview}>
        {(numbers) =>
          numbers.customers === 0 && numbers.trials === 0 ? (
            <EmptyState title={words.nobody} text={words.nobodyText}>
              <Anchor component={Link} href="/customers">
                {words.toCustomers}
              </Anchor>
            </EmptyState>
          ) : (
            <Whole overview={numbers} />
          )
        }
      </Asked>
    </Page>
  );
}

function Whole({ overview }: { overview: Overview }) {
  const words = useWords(texts);
  const { active, trials, invoicePending, inGrace, silent, foreignKeys } = overview;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        <Figure count={active} label={words.active} about={words.activeAbout} href="/customers" />
        <Figure count={trials} label={words.trials} about={words.trialsAbout} href="/trials" />
        <Figure count={invoicePending} label={words.invoicePending} about={words.invoicePendingAbout} />
        <Figure count={inGrace} label={words.inGrace} about={words.inGraceAbout} isBad={inGrace > 0} />
        <Figure
          {...{ count: silent, label: words.silent, about: words.silentAbout, isBad: silent > 0 }}
          href="/installations?silent=1"
        />
        <Figure count={foreignKeys} label={words.foreignKeys} about={words.foreignKeysAbout} isBad={foreignKeys > 0} />
      </SimpleGrid>
      <Ending overview={overview} />
      <InGrace purchases={overview.grace} />
      {foreignKeys > 0 && <ForeignKeys />}
    </Stack>
  );
}

interface FigureParts {
  count: number;
  label: string;
  /** What to do about it. */
  about: string;
  isBad?: boolean;
  href?: string;
}

function Figure({ count, label, about, isBad = false, href }: FigureParts) {
  return (
    <Card withBorder padding="md">
      {href ? (
        <Anchor component={Link} href={href} fw={600}>
          {label}
        </Anchor>
      ) : (
        <Text fw={600}>{label}</Text>
      )}
      <Text fz={28} fw={700} lh={1.3} {...(isBad && { c: 'orange.9' })}>
        {count}
      </Text>
      <Text size="sm" c="dimmed">
        {about}
      </Text>
    </Card>
  );
}

/** Whom to remind: two weeks, a week, a day ahead. */
function Ending({ overview: { endsSoon } }: { overview: Overview }) {
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

function InGrace({ purchases }: { purchases: Purchase[] }) {
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

function ForeignKeys() {
  const words = useWords(texts);
  const attempts = useQuery(foreignKeysQuery);
  return (
    <Part title={words.foreignTitle} about={words.foreignAbout}>
      <Asked query={attempts}>
        {(list) => (
          <List size="sm">
            {list.map(({ purchaseId, thumbprint, customerId, customer, lastAtMs, address, times }) => (
              <List.Item key={`${purchaseId} ${thumbprint}`}>
                <Anchor component={Link} href={`/customers/${customerId}`} inherit>
                  {customer}
                </Anchor>
                : {words.cameFrom(address, times)}, <Moment atMs={lastAtMs} isShort />
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
