import { Group, NumberInput, Select } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import { useFault, useNamesOfForm } from './form-context.tsx';
import { texts } from './words.ts';

interface IdChoiceParts {
  label: string;
  /** What is asked for while amoCRM has told no names. */
  numberLabel: string;
  options: readonly { id: number; name: string }[] | null;
  value: number | undefined;
  /** Shown where nothing is chosen, and may be chosen again; undefined: something has to be. */
  none?: string;
  place: string;
  onChange: (id: number | undefined) => void;
}

/** Something of amoCRM by its name; by its number while no names are known. What is not known (any more) stays. */
function IdChoice({ label, numberLabel, options, value, none, place, onChange }: IdChoiceParts) {
  const words = useWords(texts);
  const fault = useFault(place);
  if (options === null || options.length === 0) {
    return (
      <NumberInput
        label={numberLabel}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={value === undefined || value === 0 ? '' : value}
        error={fault}
        onChange={(typed) => onChange(Number(typed) > 0 ? Number(typed) : none === undefined ? 0 : undefined)}
        flex={1}
      />
    );
  }
  const known = options.map(({ id, name }) => ({ value: String(id), label: name }));
  const isUnknown = value !== undefined && value !== 0 && !options.some(({ id }) => id === value);
  return (
    <Select
      label={label}
      data={isUnknown ? [...known, { value: String(value), label: `№ ${value} (${words.unknown})` }] : known}
      value={value === undefined || value === 0 ? null : String(value)}
      searchable
      error={fault}
      onChange={(id) => onChange(id === null ? (none === undefined ? 0 : undefined) : Number(id))}
      allowDeselect={false}
      {...(none !== undefined && {
        placeholder: none,
        clearable: true,
        clearButtonProps: { 'aria-label': `${words.takeOut}: ${label}` },
      })}
      flex={1}
    />
  );
}

export function UserChoice({ value, place, onChange }: Pick<IdChoiceParts, 'place'> & UserChoiceParts) {
  const words = useWords(texts);
  const { users } = useNamesOfForm();
  const options = users
    .filter(({ id, isActive }) => isActive || id === value)
    .map(({ id, name, isActive }) => ({ id, name: isActive ? name : `${name} (${words.inactive})` }));
  return (
    <IdChoice
      label={words.user}
      numberLabel={words.userId}
      options={options}
      value={value}
      place={place}
      onChange={(id) => onChange(id ?? 0)}
    />
  );
}

interface UserChoiceParts {
  value: number;
  onChange: (id: number) => void;
}

interface StageChoiceParts {
  pipelineId: number | undefined;
  statusId: number | undefined;
  /** A lead that is made may go where amoCRM puts it, one that is moved has to go somewhere. */
  isOptional: boolean;
  hasStage?: boolean;
  /** Of the action. */
  place: string;
  onChange: (stage: { pipelineId: number | undefined; statusId: number | undefined }) => void;
}

/** A pipeline and one of its stages. */
export function StageChoice({ pipelineId, statusId, isOptional, hasStage = true, place, onChange }: StageChoiceParts) {
  const words = useWords(texts);
  const { pipelines } = useNamesOfForm();
  const chosen = pipelines?.find(({ id }) => id === pipelineId);
  const hasPipeline = pipelineId !== undefined;
  return (
    <Group align="flex-start" grow>
      <IdChoice
        label={words.pipeline}
        numberLabel={words.pipelineId}
        options={pipelines}
        value={pipelineId}
        {...(isOptional && { none: words.firstPipeline })}
        place={`${place}/pipelineId`}
        onChange={(id) => onChange({ pipelineId: id, statusId: isOptional ? undefined : 0 })}
      />
      {hasStage && (hasPipeline || !isOptional) && (
        <IdChoice
          label={words.stage}
          numberLabel={words.statusId}
          options={pipelines === null ? null : (chosen?.stages ?? [])}
          value={statusId}
          {...(isOptional && { none: words.firstStage })}
          place={`${place}/statusId`}
          onChange={(id) => onChange({ pipelineId, statusId: id })}
        />
      )}
    </Group>
  );
}
