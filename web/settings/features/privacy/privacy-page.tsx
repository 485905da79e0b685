import { NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords, type Words } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import { type EditedSections, type PresentSettings, settingsQuery } from '../settings/settings.ts';
import { useSectionForm } from '../settings/use-section-form.ts';
import { ForgetCard } from './forget-card.tsx';

/** How long calls are kept, and what is deleted of one person. */
export default function PrivacyPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const settings = useQuery(settingsQuery(account.id));
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={settings}>{(present) => <RetentionForm accountId={account.id} present={present} />}</Asked>
      {useUser().role === 'admin' && <ForgetCard accountId={account.id} />}
    </Page>
  );
}

const fewestDays = 30;
const mostDays = 3_650;

const valuesOf = ({ settings: { retention = {} } }: PresentSettings) => ({
  journalDays: retention.journalDays ?? ('' as number | ''),
});

function RetentionForm({ accountId, present }: { accountId: string; present: PresentSettings }) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const { form, bar } = useSectionForm(present, valuesOf);
  const { journalDays } = form.values;
  const retention = journalDays === '' ? null : { journalDays };
  const sections: EditedSections | undefined = form.isDirty() ? { retention } : undefined;
  const isUsable = journalDays === '' || (journalDays >= fewestDays && journalDays <= mostDays);
  return (
    <Changeable if={mayChange}>
      <NumberInput
        label={words.journalDays}
        description={words.journalDaysAbout}
        placeholder={words.always}
        allowDecimal={false}
        allowNegative={false}
        max={mostDays}
        {...form.getInputProps('journalDays')}
        error={!isUsable && words.outOfBounds}
      />
      {mayChange && (
        <SaveBar {...bar} accountId={accountId} sections={sections} isUsable={isUsable} holds={words.holds} />
      )}
    </Changeable>
  );
}

type Label = 'title' | 'about' | 'journalDays' | 'journalDaysAbout' | 'always' | 'outOfBounds' | 'holds';

const texts: Words<Record<Label, string>> = {
  ru: {
    title: 'Персональные данные',
    about: 'Как долго Ringflow помнит звонки и номера тех, кто звонил.',
    journalDays: 'Сколько дней хранить журнал звонков',
    journalDaysAbout:
      'После срока звонок исчезает из журнала и отчётов, и вернуть его нельзя. То, что записано в amoCRM, и строки на АТС остаются.',
    ...{ always: 'Без срока', outOfBounds: 'От 30 до 3650 дней; пустое поле хранит без срока.' },
    holds: 'Старые звонки уйдут в течение часа.',
  },
  en: {
    title: 'Personal data',
    about: 'How long Ringflow remembers calls and the numbers of those who called.',
    journalDays: 'For how many days the journal of calls is kept',
    journalDaysAbout:
      'Afterwards a call is gone from the journal and the reports, and nothing brings it back. What stands in amoCRM and the rows of the PBX stay.',
    ...{ always: 'Without an end', outOfBounds: '30 to 3650 days; left empty, nothing is let go.' },
    holds: 'Old calls go within an hour.',
  },
};
