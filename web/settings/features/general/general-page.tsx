import { NumberInput, Radio, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Language, useWords, type Words } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import { type EditedSections, type PresentSettings, settingsQuery } from '../settings/settings.ts';
import { useSectionForm } from '../settings/use-section-form.ts';

/** What concerns the whole account. */
export default function GeneralPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const settings = useQuery(settingsQuery(account.id));
  return (
    <Page title={words.title}>
      <Asked query={settings}>{(present) => <GeneralForm accountId={account.id} present={present} />}</Asked>
    </Page>
  );
}

/** What holds where nothing is set. */
const usualBrake = 100;

const valuesOf = ({ settings }: PresentSettings) => ({
  language: settings.language,
  hasBrake: settings.mostNewPerHour !== undefined,
  mostNewPerHour: settings.mostNewPerHour ?? usualBrake,
});

function GeneralForm({ accountId, present }: { accountId: string; present: PresentSettings }) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const { form, bar } = useSectionForm(present, valuesOf);
  const { language, hasBrake, mostNewPerHour } = form.values;
  const sections: EditedSections = {
    ...(form.isDirty('language') && { language }),
    ...((form.isDirty('hasBrake') || form.isDirty('mostNewPerHour')) && {
      mostNewPerHour: hasBrake ? mostNewPerHour : null,
    }),
  };
  return (
    <Changeable if={mayChange}>
      <Radio.Group
        label={words.language}
        value={language}
        onChange={(chosen) => form.setFieldValue('language', chosen as Language)}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="ru" label="Русский" />
          <Radio value="en" label="English" />
        </Stack>
      </Radio.Group>
      <Switch
        label={words.ownBrake}
        description={words.brakeAbout(usualBrake)}
        {...form.getInputProps('hasBrake', { type: 'checkbox' })}
      />
      {hasBrake && (
        <NumberInput
          label={words.brake}
          min={1}
          max={10_000}
          allowDecimal={false}
          {...form.getInputProps('mostNewPerHour')}
        />
      )}
      {mayChange && (
        <SaveBar {...bar} accountId={accountId} sections={Object.keys(sections).length > 0 ? sections : undefined} />
      )}
    </Changeable>
  );
}

interface Texts extends Record<'title' | 'language' | 'ownBrake' | 'brake', string> {
  brakeAbout(usual: number): string;
}

const texts: Words<Texts> = {
  ru: {
    ...{ title: 'Общее', language: 'Язык текстов, которые Ringflow пишет в amoCRM' },
    ownBrake: 'Ограничение на новые контакты, сделки и задачи',
    brake: 'Не больше новых контактов, сделок и задач в час на каждый номер',
    brakeAbout: (usual) =>
      `Ночной обзвон роботов не заполнит аккаунт: что сверх того, не создаётся, а звонок виден в журнале. Обычно — ${usual} в час.`,
  },
  en: {
    ...{ title: 'General', language: 'Language of the texts that Ringflow writes into amoCRM' },
    ownBrake: 'Limit on new contacts, leads and tasks',
    brake: 'At most so many new contacts, leads and tasks an hour for each number',
    brakeAbout: (usual) =>
      `Robots that call all night do not fill the account: what is beyond is not made, the call stands in the journal. Usually ${usual} an hour.`,
  },
};
