import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { bodyOf } from '../../../kit/api.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api, type Overview } from '../../app/api.ts';
import { Figure } from './figure.tsx';
import { Ending, ForeignKeys, InGrace, InvoicePending } from './whom-to-call.tsx';
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
      <InvoicePending purchases={overview.pending} />
      <InGrace purchases={overview.grace} />
      {foreignKeys > 0 && <ForeignKeys />}
    </Stack>
  );
}
