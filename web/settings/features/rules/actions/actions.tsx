import { Button, Card, Group, Menu, Stack, Text, Title } from '@mantine/core';
import type { ComponentType } from 'react';
import { isTimely, type RuleAction, type RulePhase } from '../../../../../proto/rule.ts';
import { useWords } from '../../../../kit/language.tsx';
import { FaultsOf, useNamesOfForm } from '../form-context.tsx';
import { Step } from '../step.tsx';
import { texts } from '../words.ts';
import { actionForms } from './action-forms.tsx';
import { type ActionKind, actionTexts } from './action-words.ts';

interface ActionsParts {
  phase: RulePhase;
  actions: RuleAction[];
  onChange: (actions: RuleAction[]) => void;
}

const most = 20;

/** What a rule does, action by action; only what its moment has use for is offered. */
export function Actions({ phase, actions, onChange }: ActionsParts) {
  const words = useWords(texts);
  const labels = useWords(actionTexts);
  return (
    <Stack gap="sm">
      {actions.map((action, index) => {
        const { label, about } = labels[action.do];
        const place = `actions/${index}`;
        const Fields = actionForms[action.do].Fields as ComponentType<{
          action: RuleAction;
          place: string;
          onChange: (action: RuleAction) => void;
        }>;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an action has no name of its own
          <Card key={`${action.do} ${index}`} withBorder padding="sm" component="section" aria-label={label}>
            <Stack gap="sm">
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div>
                  <Title order={4} size="h5">
                    {label}
                  </Title>
                  <Text size="sm" c="dimmed">
                    {about}
                  </Text>
                </div>
                <Step
                  sign="×"
                  label={words.ofRule(words.takeOut, label)}
                  onClick={() => onChange(actions.toSpliced(index, 1))}
                />
              </Group>
              <FaultsOf place={place} />
              <Fields action={action} place={place} onChange={(changed) => onChange(actions.with(index, changed))} />
            </Stack>
          </Card>
        );
      })}
      <FaultsOf place="actions" />
      <AddAction phase={phase} actions={actions} onChange={onChange} />
    </Stack>
  );
}

/** Of most actions a rule has use for one; of these for several. */
const repeatable: readonly ActionKind[] = ['add-tags', 'set-responsible', 'call-hook'];

function AddAction({ phase, actions, onChange }: ActionsParts) {
  const words = useWords(texts);
  const labels = useWords(actionTexts);
  const names = useNamesOfForm();
  const isThere = (kind: ActionKind) => actions.some((action) => action.do === kind);
  const offered = (Object.keys(actionForms) as ActionKind[])
    .filter((kind) => isTimely(kind, phase) && (repeatable.includes(kind) || !isThere(kind)))
    .map((kind) => ({ kind, initial: actionForms[kind].initial(names) }));
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-sm" variant="light" style={{ alignSelf: 'flex-start' }} disabled={actions.length >= most}>
          {words.addAction}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {offered.map(({ kind, initial }) => (
          <Menu.Item
            key={kind}
            disabled={initial === undefined}
            onClick={() => initial && onChange([...actions, initial])}
          >
            {labels[kind].label}
          </Menu.Item>
        ))}
        {offered.some(({ initial }) => initial === undefined) && <Menu.Label>{words.listsElsewhere}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
