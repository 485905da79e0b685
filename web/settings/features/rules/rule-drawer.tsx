import { Button, Drawer, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Rule, RulePhase } from '../../../../proto/rule.ts';
import type { Case } from '../../../../workflows/call/decide/case.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { Changeable } from '../settings/changeable.tsx';
import { Actions } from './actions/actions.tsx';
import { Conditions } from './conditions/conditions.tsx';
import type { RuleFault } from './faults.ts';
import { RuleFormProvider, useFault } from './form-context.tsx';
import type { Names } from './names.ts';
import { longestName } from './rule-items.ts';
import { nameOf, ruleInWords } from './summary.ts';
import { texts } from './words.ts';

interface RuleDrawerParts {
  rule: Rule;
  /** It was just made: to put it back is to drop it. */
  isNew: boolean;
  mayChange: boolean;
  names: Names;
  faults: readonly RuleFault[];
  /** The call on which its texts are shown, and the choice of another. */
  chosen: Case | undefined;
  callChoice: ReactNode;
  onChange: (rule: Rule) => void;
  onDrop: () => void;
  onClose: () => void;
}

/** One rule. What is changed is in the list at once, and saved with it: closing loses nothing. */
export function RuleDrawer(parts: RuleDrawerParts) {
  const { rule, isNew, mayChange, names, faults, chosen, callChoice, onChange, onDrop, onClose } = parts;
  const words = useWords(texts);
  const { language } = useLanguage();
  const [before] = useState(rule);
  const takeBack = () => {
    if (isNew) return onDrop();
    onChange(before);
    onClose();
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={nameOf(rule, language) || words.newName}
      closeButtonProps={{ 'aria-label': words.done }}
    >
      <RuleFormProvider value={{ names, faults, chosen }}>
        <Changeable if={mayChange} isWide>
          <Text size="sm">{ruleInWords(rule, names, language)}</Text>
          <NameAndMoment rule={rule} onChange={onChange} />
          <Part title={words.conditions}>
            <Conditions when={rule.when} onChange={(when) => onChange({ ...rule, when })} />
          </Part>
          <Part title={words.actions}>
            <Actions
              phase={rule.when.phase}
              actions={rule.actions}
              onChange={(actions) => onChange({ ...rule, actions })}
            />
          </Part>
          {callChoice}
        </Changeable>
        <Group mt="md">
          <Button onClick={onClose}>{words.done}</Button>
          {mayChange && (
            <Button variant="default" onClick={takeBack}>
              {isNew ? words.drop : words.takeBack}
            </Button>
          )}
        </Group>
      </RuleFormProvider>
    </Drawer>
  );
}

function NameAndMoment({ rule, onChange }: Pick<RuleDrawerParts, 'rule' | 'onChange'>) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const phases = Object.entries(words.phases);
  return (
    <>
      <TextInput
        label={words.name}
        maxLength={longestName}
        value={nameOf(rule, language)}
        error={useFault('name')}
        onChange={({ currentTarget }) => onChange({ ...rule, name: currentTarget.value })}
      />
      <Select
        label={words.moment}
        description={words.phases[rule.when.phase].about}
        data={phases.map(([value, { title }]) => ({ value, label: title }))}
        value={rule.when.phase}
        allowDeselect={false}
        onChange={(phase) => onChange({ ...rule, when: { ...rule.when, phase: phase as RulePhase } })}
      />
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={3} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
