import { NumberInput, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isNetwork } from '../../../../proto/network.ts';
import type { RecordingsSettings } from '../../../../proto/recordings/settings.ts';
import { useWords, type Words } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import { type EditedSections, type PresentSettings, settingsQuery } from '../settings/settings.ts';
import { useSectionForm } from '../settings/use-section-form.ts';

/** Who may listen to recordings, and how long. Where they lie is said of each PBX. */
export default function RecordingsPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const settings = useQuery(settingsQuery(account.id));
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={settings}>{(present) => <RecordingsForm accountId={account.id} present={present} />}</Asked>
    </Page>
  );
}

const valuesOf = ({ settings: { recordings = {} } }: PresentSettings) => ({
  links: recordings.links ?? true,
  linkDays: recordings.linkDays ?? ('' as number | ''),
  keepDays: recordings.keepDays ?? ('' as number | ''),
  networks: (recordings.networks ?? []).join(', '),
});
type Values = ReturnType<typeof valuesOf>;

const networksIn = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '');

/** What is as usual is left out; null: all of it. */
function sectionOf({ links, linkDays, keepDays, ...values }: Values): RecordingsSettings | null {
  const networks = networksIn(values.networks);
  const section = {
    ...(!links && { links }),
    ...(linkDays !== '' && { linkDays }),
    ...(keepDays !== '' && { keepDays }),
    ...(networks.length > 0 && { networks }),
  };
  return Object.keys(section).length > 0 ? section : null;
}

function RecordingsForm({ accountId, present }: { accountId: string; present: PresentSettings }) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const { form, bar } = useSectionForm(present, valuesOf);
  const sections: EditedSections | undefined = form.isDirty() ? { recordings: sectionOf(form.values) } : undefined;
  const faulty = networksIn(form.values.networks).filter((network) => !isNetwork(network));
  const days = { min: 1, max: 3_650, allowDecimal: false };
  return (
    <Changeable if={mayChange}>
      <Switch
        label={words.links}
        description={words.linksAbout}
        {...form.getInputProps('links', { type: 'checkbox' })}
      />
      <NumberInput
        label={words.linkDays}
        description={words.linkDaysAbout}
        placeholder={words.always}
        {...days}
        {...form.getInputProps('linkDays')}
      />
      <NumberInput
        label={words.keepDays}
        description={words.keepDaysAbout}
        placeholder={words.always}
        {...days}
        {...form.getInputProps('keepDays')}
      />
      <TextInput
        label={words.networks}
        description={words.networksAbout}
        placeholder={words.everywhere}
        {...form.getInputProps('networks')}
        error={faulty.length > 0 && words.noNetwork(faulty.join(', '))}
      />
      {mayChange && (
        <SaveBar
          {...bar}
          accountId={accountId}
          sections={sections}
          isUsable={faulty.length === 0}
          holds={words.holds}
        />
      )}
    </Changeable>
  );
}

type Label =
  | 'title'
  | 'about'
  | 'links'
  | 'linksAbout'
  | 'linkDays'
  | 'linkDaysAbout'
  | 'keepDays'
  | 'keepDaysAbout'
  | 'networks'
  | 'networksAbout'
  | 'always'
  | 'everywhere'
  | 'holds';

interface Texts extends Record<Label, string> {
  noNetwork(written: string): string;
}

const texts: Words<Texts> = {
  ru: {
    title: 'Записи',
    about: 'Кто и сколько времени слушает записи разговоров. Где они лежат, указано у каждой АТС.',
    links: 'Ставить ссылку на запись в карточку amoCRM',
    linksAbout:
      'Кто видит карточку, тот слушает запись. Администратор отзывает ссылку в журнале, на странице звонка. Уже стоящие ссылки этот выключатель не трогает.',
    linkDays: 'Сколько дней ссылка действует',
    linkDaysAbout: 'Ссылки остаются в карточках навсегда. После срока запись слушают только в журнале Ringflow.',
    keepDays: 'Сколько дней хранить записи',
    keepDaysAbout:
      'После срока записи не услышать ни по ссылке, ни в журнале. Файлы на АТС Ringflow не удаляет: это дело самой АТС.',
    networks: 'Откуда можно слушать',
    networksAbout:
      'Адреса и сети через запятую, например 192.168.1.0/24, 203.0.113.7. Действует и для ссылок, и для журнала.',
    ...{ always: 'Без срока', everywhere: 'Отовсюду', holds: 'Действует сразу, и для прежних записей.' },
    noNetwork: (written) => `Это не адрес и не сеть: ${written}. Напишите, например, 192.168.1.0/24.`,
  },
  en: {
    title: 'Recordings',
    about: 'Who may listen to recordings, and how long. Where they lie is said of each PBX.',
    links: "Put a link to the recording into amoCRM's card",
    linksAbout:
      'Whoever sees the card can listen. An administrator revokes a link in the journal, on the page of its call. Links that stand already are not touched by this switch.',
    linkDays: 'For how many days a link is valid',
    linkDaysAbout: "Links stay in the cards for good. Afterwards a recording is heard in Ringflow's journal alone.",
    keepDays: 'For how many days recordings are kept',
    keepDaysAbout:
      'Afterwards nobody hears them, neither by a link nor in the journal. Ringflow deletes no files of the PBX: that is for the PBX to do.',
    networks: 'From where one may listen',
    networksAbout:
      'Addresses and networks, separated by commas, such as 192.168.1.0/24, 203.0.113.7. Holds for links and for the journal.',
    ...{
      always: 'Without an end',
      everywhere: 'From everywhere',
      holds: 'Holds at once, also for earlier recordings.',
    },
    noNetwork: (written) => `That is no address or network: ${written}. Write one such as 192.168.1.0/24.`,
  },
};
