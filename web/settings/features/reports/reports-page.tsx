import { Stack, Tabs, Text } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import type { Account } from '../../app/account.ts';
import { DaysTab, HoursTab, OverviewTab } from './calls-tabs.tsx';
import { DidsTab, EmployeesTab } from './groups-tabs.tsx';
import { MissedTab } from './missed-tab.tsx';
import { type Period, readPeriod } from './period.ts';
import { PeriodFields } from './period-fields.tsx';
import { type Tab, tabs, texts } from './words.ts';

const contents: Record<Tab, typeof MissedTab> = {
  ...{ missed: MissedTab, overview: OverviewTab, employees: EmployeesTab, dids: DidsTab, hours: HoursTab },
  days: DaysTab,
};

/** What calls there were, and who waits to be called back; the choice stands in the address. */
export default function ReportsPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const [search, setSearch] = useSearchParams();
  const pbx = account.pbxs.find(({ id }) => id === search.get('pbx')) ?? account.pbxs[0];
  const zone = pbx?.timezone ?? 'UTC';
  const period = readPeriod(search, zone, Date.now());
  const tab = tabs.find((one) => one === search.get('report')) ?? 'missed';
  const change = (changes: Partial<Period> & { report?: Tab }) => {
    const chosen = Object.entries({ ...period, report: tab, ...changes }).filter(([, value]) => value !== '');
    setSearch(new URLSearchParams(chosen as string[][]), { replace: true });
  };
  const Content = contents[tab];
  return (
    <Page title={words.title} about={words.about}>
      <PeriodFields account={account} zone={zone} period={period} onChange={change} />
      <Text size="xs" c="dimmed">
        {words.clock(zone)}
      </Text>
      <Tabs value={tab} onChange={(report) => change({ report: report as Tab })} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {words.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Stack gap="md">
            <Content account={account} period={period} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
