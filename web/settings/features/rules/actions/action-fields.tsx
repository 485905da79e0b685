import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { AttachTo, Responsible, Target } from '../../../../../proto/rule.ts';
import type { ActionOf } from '../../../../../workflows/call/decide/matching.ts';
import { useWords } from '../../../../kit/language.tsx';
import { StageChoice } from '../amocrm-choice.tsx';
import { useFault, useNamesOfForm } from '../form-context.tsx';
import { ResponsibleField } from '../responsible-field.tsx';
import { responsibleTexts } from '../responsible-words.ts';
import { TemplateField } from '../template-field.tsx';
import { texts } from '../words.ts';
import type { ActionKind } from './action-words.ts';

type With<F> = Extract<ActionOf<ActionKind>, F>;
interface PartsOf<A> {
  action: A;
  place: string;
  onChange: (action: A) => void;
}

export function Owners<A extends With<{ responsible: Responsible[] }>>({ action, place, onChange }: PartsOf<A>) {
  return (
    <ResponsibleField
      value={action.responsible}
      place={`${place}/responsible`}
      onChange={(responsible) => onChange({ ...action, responsible })}
    />
  );
}

export function Name<A extends With<{ name: string; responsible: Responsible[] }>>({
  action,
  place,
  onChange,
}: PartsOf<A>) {
  return (
    <TemplateField
      label={useWords(texts).leadName}
      place={`${place}/name`}
      isName
      value={action.name}
      responsible={action.responsible}
      onChange={(name) => onChange({ ...action, name })}
    />
  );
}

export function Text({ action, place, onChange }: PartsOf<ActionOf<'create-task'>>) {
  return (
    <TemplateField
      label={useWords(texts).text}
      place={`${place}/text`}
      isName={false}
      value={action.text}
      responsible={action.responsible}
      onChange={(text) => onChange({ ...action, text })}
    />
  );
}

export function Stage<A extends ActionOf<'create-lead'> | ActionOf<'create-incoming-lead'>>({
  action,
  place,
  onChange,
}: PartsOf<A>) {
  const { pipelineId: _, ...rest } = action;
  const hasStage = action.do === 'create-lead';
  if ('statusId' in rest) delete rest.statusId;
  return (
    <StageChoice
      pipelineId={action.pipelineId}
      statusId={'statusId' in action ? action.statusId : undefined}
      isOptional
      hasStage={hasStage}
      place={place}
      onChange={({ pipelineId, statusId }) =>
        onChange({
          ...(rest as A),
          ...(pipelineId !== undefined && { pipelineId }),
          ...(statusId !== undefined && { statusId }),
        })
      }
    />
  );
}

interface TagsParts<A> extends PartsOf<A> {
  /** None is as well as not said. */
  isOptional?: boolean;
}

export function Tags<A extends ActionOf<'create-lead'> | ActionOf<'create-incoming-lead'> | ActionOf<'add-tags'>>({
  action,
  place,
  isOptional = false,
  onChange,
}: TagsParts<A>) {
  const words = useWords(texts);
  const { tags: _, ...rest } = action;
  return (
    <TagsInput
      label={words.tags}
      description={words.typed}
      value={action.tags ?? []}
      maxTags={20}
      maxLength={100}
      acceptValueOnBlur
      error={useFault(`${place}/tags`)}
      onChange={(tags) => onChange(tags.length === 0 && isOptional ? (rest as A) : { ...action, tags })}
    />
  );
}

export function Source({ action, place, onChange }: PartsOf<ActionOf<'create-lead'>>) {
  const words = useWords(texts);
  const { source = '', ...rest } = action;
  return (
    <TextInput
      label={words.source}
      description={words.sourceAbout}
      maxLength={36}
      value={source}
      error={useFault(`${place}/source`)}
      onChange={({ currentTarget: { value } }) => onChange(value === '' ? rest : { ...action, source: value })}
    />
  );
}

export function WhereItStands({ action, onChange }: PartsOf<ActionOf<'register-call'>>) {
  const words = useWords(texts);
  const { attachTo } = useWords(responsibleTexts);
  return (
    <Select
      label={words.attachTo}
      data={Object.entries(attachTo).map(([value, label]) => ({ value, label }))}
      value={action.attachTo ?? 'as-amocrm'}
      allowDeselect={false}
      onChange={(chosen) => onChange({ ...action, attachTo: chosen as AttachTo })}
    />
  );
}

export function Whose({ value, onChange }: { value: Target; onChange: (target: Target) => void }) {
  const words = useWords(texts);
  const { targets } = useWords(responsibleTexts);
  return (
    <Select
      label={words.target}
      data={Object.entries(targets).map(([target, label]) => ({ value: target, label }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen as Target)}
    />
  );
}

const always = '';

export function Deadline({ action, place, onChange }: PartsOf<ActionOf<'create-task'>>) {
  const words = useWords(texts);
  const { calendars } = useNamesOfForm();
  const { withinHours, ...rest } = action;
  const isGone = withinHours !== undefined && !calendars.some(({ id }) => id === withinHours);
  return (
    <>
      <NumberInput
        label={words.dueMinutes}
        min={1}
        max={525_600}
        allowDecimal={false}
        value={action.dueMinutes}
        error={useFault(`${place}/dueMinutes`)}
        onChange={(typed) => onChange({ ...action, dueMinutes: Number(typed) })}
      />
      {(calendars.length > 0 || isGone) && (
        <Select
          label={words.withinHours}
          data={[
            { value: always, label: words.always },
            ...calendars.map(({ id, name }) => ({ value: id, label: name })),
            ...(isGone ? [withinHours] : []),
          ]}
          value={withinHours ?? always}
          allowDeselect={false}
          onChange={(id) => onChange(id === null || id === always ? rest : { ...action, withinHours: id })}
        />
      )}
    </>
  );
}

export function HookChoice({ action, place, onChange }: PartsOf<ActionOf<'call-hook'>>) {
  const words = useWords(texts);
  const { hooks } = useNamesOfForm();
  const isGone = !hooks.some(({ id }) => id === action.hook);
  return (
    <Select
      label={words.hook}
      data={[...hooks.map(({ id, name }) => ({ value: id, label: name })), ...(isGone ? [action.hook] : [])]}
      value={action.hook}
      allowDeselect={false}
      error={useFault(`${place}/hook`)}
      onChange={(hook) => hook !== null && onChange({ ...action, hook })}
    />
  );
}
