import { Alert, Fieldset, NumberInput, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CallingSettings } from '../../../../proto/calling/settings.ts';
import { usualCalling } from '../../../../proto/calling/settings.ts';
import { defaultPbx } from '../../../../proto/default-pbx.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { usePeople } from '../employees/people.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import type { EditedSections, PresentSettings } from '../settings/settings.ts';
import { useSectionForm } from '../settings/use-section-form.ts';
import { callingStateQuery } from './calling.ts';
import { EmployeeRows } from './employee-rows.tsx';
import { type Faults, faultsIn } from './faults.ts';
import { PbxFields } from './pbx-fields.tsx';
import { TryOut } from './try-out.tsx';
import { type CallingValues, callingOf, valuesOf } from './values.ts';
import { texts } from './words.ts';

interface CallingFormParts {
  account: Account;
  present: PresentSettings;
}

/** The sections `calling` and `widgetCards`, with a number to try them on. */
export function CallingForm({ account, present }: CallingFormParts) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const mayChange = useUser().role === 'admin';
  const { data: people = [] } = usePeople(account.id);
  const pbxIds = account.pbxs.map(({ id }) => id);
  const { form, basis, bar } = useSectionForm(present, ({ settings }) => valuesOf(settings, pbxIds));
  const { values } = form;
  const calling = callingOf(values, basis.settings.calling);
  const faults = faultsIn(calling, values.employees, language);
  const isFaulty = Object.keys(faults).length > 0;
  const country = (id: string) => basis.settings.pbxs[id]?.country ?? defaultPbx(id, 'UTC').country;
  const pbxs = useCallablePbxs(account).map((id) => ({ id, country: country(id) }));
  const set = (changes: Partial<CallingValues>) => form.setValues(changes);
  const sections = sectionsOf(values, calling, form.isDirty);
  return (
    <Stack>
      <Changeable if={mayChange} isWide>
        <General {...{ values, faults, set }} />
        {pbxIds.map((id) => {
          const ofPbx = values.pbxs[id];
          if (!ofPbx) return null; // added meanwhile
          return (
            <PbxFields
              key={id}
              {...{ id, faults, values: ofPbx, country: country(id), place: `pbxs/${id}` }}
              onChange={(changes) => set({ pbxs: { ...values.pbxs, [id]: { ...ofPbx, ...changes } } })}
            />
          );
        })}
        <EmployeeRows
          {...{ rows: values.employees, people, pbxIds, faults, mayChange }}
          onChange={(employees) => set({ employees })}
        />
      </Changeable>
      <TryOut {...{ calling: calling ?? undefined, pbxs, people, isFaulty }} />
      {isFaulty && <Alert color="red">{words.hasFaults}</Alert>}
      {mayChange && (
        <SaveBar {...bar} accountId={account.id} holds={words.holds} sections={sections} isUsable={!isFaulty} />
      )}
    </Stack>
  );
}

/** Those with AMI; as long as that is not known, all. */
function useCallablePbxs({ id, pbxs }: Account): string[] {
  const { data } = useQuery(callingStateQuery(id));
  const withAmi = data?.pbxs.flatMap((pbx) => (pbx.ami.state === 'none' ? [] : [pbx.id]));
  return withAmi ?? pbxs.map((pbx) => pbx.id);
}

function sectionsOf(
  values: CallingValues,
  calling: CallingSettings | null,
  isDirty: (name: string) => boolean,
): EditedSections | undefined {
  const { hasWidgetCards, ...others } = values;
  const sections: EditedSections = {
    ...(Object.keys(others).some(isDirty) && { calling }),
    ...(isDirty('hasWidgetCards') && { widgetCards: hasWidgetCards ? null : false }),
  };
  return Object.keys(sections).length > 0 ? sections : undefined;
}

interface GeneralParts {
  values: CallingValues;
  faults: Faults;
  set: (changes: Partial<CallingValues>) => void;
}

function General({ values, faults, set }: GeneralParts) {
  const words = useWords(texts);
  const toggle = (name: 'isOn' | 'hasWidgetCards' | 'tokensMayRepeat') => (
    <Switch
      {...words.fields[name]}
      checked={values[name]}
      onChange={({ currentTarget }) => set({ [name]: currentTarget.checked })}
    />
  );
  return (
    <Fieldset legend={words.forAll}>
      <Stack>
        {toggle('isOn')}
        {toggle('hasWidgetCards')}
        <NumberInput
          {...words.fields.mostPerMinute}
          maw={420}
          placeholder={String(usualCalling.mostPerMinute)}
          min={1}
          max={100}
          allowDecimal={false}
          value={values.mostPerMinute}
          error={faults.mostPerMinute}
          onChange={(mostPerMinute) => set({ mostPerMinute })}
        />
        {toggle('tokensMayRepeat')}
      </Stack>
    </Fieldset>
  );
}
