import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from 'wouter';
import { useWords, type Words } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { type Account, addressOf } from '../../app/account.ts';
import { settingsQuery } from '../settings/settings.ts';
import { CalendarsTab } from './calendars/calendars-tab.tsx';
import { ListsTab } from './lists/lists-tab.tsx';
import { OursTab } from './ours/ours-tab.tsx';

const tabs = ['ours', 'lists', 'calendars'] as const;

/** What rules may go by beside the call: the numbers that clients call, lists of clients' numbers, opening hours. */
export default function NumbersPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const settings = useQuery(settingsQuery(account.id));
  const [, go] = useLocation();
  const { tab } = useParams();
  const shown = tabs.find((one) => one === tab) ?? 'ours';
  return (
    <Page title={words.title} about={words.about}>
      <Tabs
        value={shown}
        onChange={(chosen) => chosen && go(addressOf(account.id, `numbers/${chosen}`), { replace: true })}
      >
        <Tabs.List mb="md">
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {words[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Asked query={settings}>
          {(present) => (
            <>
              <Tabs.Panel value="ours">
                <OursTab account={account} present={present} />
              </Tabs.Panel>
              <Tabs.Panel value="lists">
                <ListsTab account={account} present={present} />
              </Tabs.Panel>
              <Tabs.Panel value="calendars">
                <CalendarsTab accountId={account.id} present={present} />
              </Tabs.Panel>
            </>
          )}
        </Asked>
      </Tabs>
    </Page>
  );
}

const texts: Words<Record<'title' | 'about' | (typeof tabs)[number], string>> = {
  ru: {
    ...{ title: 'Номера и часы', about: 'То, на что опираются правила: ваши номера, списки клиентов, часы работы.' },
    ...{ ours: 'Наши номера', lists: 'Списки номеров', calendars: 'Часы работы' },
  },
  en: {
    ...{ title: 'Numbers and hours', about: 'What rules go by: your numbers, lists of clients, opening hours.' },
    ...{ ours: 'Our numbers', lists: 'Number lists', calendars: 'Opening hours' },
  },
};
