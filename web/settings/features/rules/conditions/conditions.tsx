import { Button, Group, Menu, Stack, Text } from '@mantine/core';
import type { ComponentType } from 'react';
import type { RuleCondition } from '../../../../../proto/rule.ts';
import type { ConditionName } from '../../../../../workflows/call/decide/matching.ts';
import { useWords } from '../../../../kit/language.tsx';
import { FaultsOf, useNamesOfForm } from '../form-context.tsx';
import { Step } from '../step.tsx';
import { conditionsOf } from '../summary.ts';
import { texts } from '../words.ts';
import { conditionForms } from './condition-fields.tsx';
import { conditionTexts } from './condition-words.ts';

interface ConditionsParts {
  when: RuleCondition;
  onChange: (when: RuleCondition) => void;
}

/** What a call has to be like, condition by condition. */
export function Conditions({ when, onChange }: ConditionsParts) {
  const words = useWords(texts);
  const labels = useWords(conditionTexts);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {words.whenAbout}
      </Text>
      {conditionsOf(when).map((name) => {
        const Field = conditionForms[name].Field as ComponentType<{
          name: ConditionName;
          value: unknown;
          onChange: (value: unknown) => void;
        }>;
        const { [name]: value, ...others } = when;
        return (
          <Group key={name} align="flex-start" wrap="nowrap" gap="xs">
            <div style={{ flex: 1, minWidth: 0 }}>
              <Field name={name} value={value} onChange={(changed) => onChange({ ...when, [name]: changed })} />
            </div>
            <Step
              sign="×"
              label={words.ofRule(words.takeOut, labels[name].label)}
              onClick={() => onChange(others as RuleCondition)}
            />
          </Group>
        );
      })}
      <FaultsOf place="when" />
      <FaultsOf place="" />
      <AddCondition when={when} onChange={onChange} />
    </Stack>
  );
}

function AddCondition({ when, onChange }: ConditionsParts) {
  const words = useWords(texts);
  const labels = useWords(conditionTexts);
  const names = useNamesOfForm();
  const offered = (Object.keys(conditionForms) as ConditionName[])
    .filter((name) => when[name] === undefined && (name !== 'result' || when.phase === 'call_ended'))
    .map((name) => ({ name, initial: conditionForms[name].initial(names) }));
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-sm" variant="light" style={{ alignSelf: 'flex-start' }}>
          {words.addCondition}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {offered.map(({ name, initial }) => (
          <Menu.Item key={name} disabled={initial === undefined} onClick={() => onChange({ ...when, [name]: initial })}>
            {labels[name].label}
          </Menu.Item>
        ))}
        {offered.some(({ initial }) => initial === undefined) && <Menu.Label>{words.listsElsewhere}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
