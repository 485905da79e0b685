import { Alert, Radio, Stack } from '@mantine/core';
import { type AmocrmUser, employeesByOwnPhones } from '../../../../proto/catalogue.ts';
import { defaultExtensionPattern } from '../../../../proto/default-pbx.ts';
import { useWords } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import type { EditedSections, PresentSettings } from '../settings/settings.ts';
import { useSectionForm } from '../settings/use-section-form.ts';
import { FirstSeats } from './first-seats.tsx';
import { employeesOf, faultsOf, mappingOf } from './mapping.ts';
import { MappingTable } from './mapping-table.tsx';
import { faultsOfMobiles, mobilesOf, withMobiles } from './mobiles.ts';
import { Unmapped } from './unmapped.tsx';
import { texts } from './words.ts';

interface EmployeesFormParts {
  accountId: string;
  users: AmocrmUser[];
  /** Of the account; mobile phones count on all of them. */
  pbxIds: string[];
  present: PresentSettings;
}

/** By the users' own phone numbers, or as it is set here. */
export function EmployeesForm({ accountId, users, pbxIds, present }: EmployeesFormParts) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const suggested = mappingOf(employeesByOwnPhones(users, defaultExtensionPattern));
  const valuesOf = ({ settings: { employees, pbxs, seats = [] } }: PresentSettings) => {
    const mapping = employees === null ? suggested : mappingOf(employees);
    return {
      way: employees === null ? 'amocrm' : 'here',
      mapping,
      mobiles: mobilesOf(pbxs, mapping),
      seats: seats.map(String),
    };
  };
  const { form, basis, before, bar } = useSectionForm(present, valuesOf);
  const { way, mobiles, seats } = form.values;
  const isHere = way === 'here';
  const mapping = isHere ? form.values.mapping : suggested;
  const changedPbxs = withMobiles(basis.settings.pbxs, pbxIds, mapping, before.mobiles, mobiles);
  const isMappingChanged = form.isDirty('way') || (isHere && form.isDirty('mapping'));
  const sections: EditedSections = {
    ...(isMappingChanged && { employees: isHere ? employeesOf(mapping) : null }),
    ...(changedPbxs && { pbxs: changedPbxs }),
    ...(form.isDirty('seats') && { seats: seats.length > 0 ? seats.map(Number) : null }),
  };
  const faults = { ...faultsOf(mapping, users), ...faultsOfMobiles(mobiles, mapping) };
  const isUsable =
    (!isHere || faults.shared.length + faults.unreadable.length === 0) &&
    faults.unreadableMobiles.length + faults.sharedMobiles.length + faults.withoutExtension.length === 0;
  const give = (extension: string, user: string) =>
    form.setFieldValue('mapping', { ...mapping, [user]: [...(mapping[user] ?? []), extension] });
  return (
    <Changeable if={mayChange} isWide>
      <Radio.Group label={words.way} value={way} onChange={(chosen) => form.setFieldValue('way', chosen)}>
        <Stack gap="xs" mt="xs">
          <Radio value="amocrm" label={words.byAmocrm} description={words.byAmocrmAbout} />
          <Radio value="here" label={words.byHand} description={words.byHandAbout} />
        </Stack>
      </Radio.Group>
      <MappingTable
        {...{ users, mapping, mobiles }}
        isFixed={!isHere || !mayChange}
        onMapping={(changed) => form.setFieldValue('mapping', changed)}
        onMobiles={mayChange && pbxIds.length > 0 ? (changed) => form.setFieldValue('mobiles', changed) : undefined}
      />
      <FirstSeats {...{ users, mapping, seats }} onChange={(changed) => form.setFieldValue('seats', changed)} />
      <Unmapped {...{ accountId, users, mapping }} onGive={isHere && mayChange ? give : undefined} />
      <Faults {...faults} isHere={isHere} nameOf={(id) => users.find((user) => String(user.id) === id)?.name ?? id} />
      {mayChange && (
        <SaveBar
          {...bar}
          accountId={accountId}
          sections={Object.keys(sections).length > 0 ? sections : undefined}
          isUsable={isUsable}
        />
      )}
    </Changeable>
  );
}

type FaultsParts = ReturnType<typeof faultsOf> &
  ReturnType<typeof faultsOfMobiles> & { isHere: boolean; nameOf(id: string): string };

function Faults({ shared, unreadable, idle, isHere, nameOf, ...ofMobiles }: FaultsParts) {
  const words = useWords(texts);
  const { unreadableMobiles, sharedMobiles, withoutExtension } = ofMobiles;
  const red = [
    ...(isHere && shared.length > 0 ? [words.shared(shared.join(', '))] : []),
    ...(isHere && unreadable.length > 0 ? [words.unreadable(unreadable.join(', '))] : []),
    ...(unreadableMobiles.length > 0 ? [words.unreadableMobiles(unreadableMobiles.join(', '))] : []),
    ...(sharedMobiles.length > 0 ? [words.sharedMobiles(sharedMobiles.join(', '))] : []),
    ...(withoutExtension.length > 0 ? [words.withoutExtension(withoutExtension.map(nameOf).join(', '))] : []),
  ];
  return (
    <>
      {red.map((text) => (
        <Alert key={text} color="red">
          {text}
        </Alert>
      ))}
      {isHere && idle.length > 0 && <Alert color="orange">{words.idle(idle.map(nameOf).join(', '))}</Alert>}
    </>
  );
}
