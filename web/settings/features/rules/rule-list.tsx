import { Badge, Button, Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { type Rule, RulePhase } from '../../../../proto/rule.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { faultInWords, faultTexts } from '../../ui/fault-words.ts';
import { actionTexts } from './actions/action-words.ts';
import { conditionTexts } from './conditions/condition-words.ts';
import type { RuleFault } from './faults.ts';
import type { Names } from './names.ts';
import { placeOf, type RuleItem } from './rule-items.ts';
import { Step } from './step.tsx';
import { nameOf, ruleInWords } from './summary.ts';
import { texts } from './words.ts';

/** What can be done with a rule in the list. */
export interface RuleHands {
  open(id: string): void;
  change(rule: Rule): void;
  move(rule: Rule, by: -1 | 1): void;
  copy(rule: Rule): void;
  remove(id: string, isRemoved: boolean): void;
}

interface RuleListParts {
  items: readonly RuleItem[];
  /** As they are saved. */
  saved: readonly Rule[];
  names: Names;
  faults: ReadonlyMap<string, readonly RuleFault[]>;
  mayChange: boolean;
  hands: RuleHands;
}

const rulePhases: readonly RulePhase[] = RulePhase.anyOf.map((phase) => phase.const);

/** The rules by the moments at which they are asked, in their order. */
export function RuleList(parts: RuleListParts) {
  const words = useWords(texts);
  return rulePhases.map((phase) => {
    const ofPhase = parts.items.filter(({ rule }) => rule.when.phase === phase);
    const { title, about } = words.phases[phase];
    return (
      <Stack key={phase} gap="xs" component="section" aria-label={title}>
        <div>
          <Title order={3} size="h4">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {about}
          </Text>
        </div>
        {ofPhase.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.noRules}
          </Text>
        )}
        <Stack gap="xs" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
          {ofPhase.map((item) => (
            <RuleCard key={item.rule.id} item={item} {...parts} />
          ))}
        </Stack>
      </Stack>
    );
  });
}

function RuleCard({ item: { rule, isRemoved }, ...parts }: RuleListParts & { item: RuleItem }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const name = nameOf(rule, language);
  const before = parts.saved.find(({ id }) => id === rule.id);
  const isChanged = JSON.stringify(before) !== JSON.stringify(rule);
  const faults = isRemoved ? [] : (parts.faults.get(rule.id) ?? []);
  return (
    <Card component="li" withBorder padding="sm" aria-label={name}>
      <Stack gap="xs">
        <Group gap="xs" justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Group gap="xs">
              <Text fw={600} {...(isRemoved && { td: 'line-through' })}>
                {name}
              </Text>
              {isRemoved && <Badge color="red.9">{words.removed}</Badge>}
              {isChanged && !isRemoved && (
                <Badge variant="dot" color="orange">
                  {words.changed}
                </Badge>
              )}
            </Group>
            <Text size="sm" {...((isRemoved || !rule.enabled) && { c: 'dimmed' })} style={{ overflowWrap: 'anywhere' }}>
              {ruleInWords(rule, parts.names, language)}
            </Text>
          </div>
          {!isRemoved && (
            <Switch
              aria-label={words.isOn(name)}
              checked={rule.enabled}
              disabled={!parts.mayChange}
              onChange={({ currentTarget }) => parts.hands.change({ ...rule, enabled: currentTarget.checked })}
            />
          )}
        </Group>
        <Faults rule={rule} faults={faults} />
        <Hands rule={rule} name={name} isRemoved={isRemoved} {...parts} />
      </Stack>
    </Card>
  );
}

/** Each with what it is about. */
function Faults({ rule, faults }: { rule: Rule; faults: readonly RuleFault[] }) {
  const words = useWords(texts);
  const faultWords = useWords(faultTexts);
  const conditions = useWords(conditionTexts);
  const actions = useWords(actionTexts);
  const about = ({ place }: RuleFault): string => {
    const [part, name = ''] = place.split('/');
    if (part === 'name') return `${words.name}: `;
    const action = part === 'actions' ? rule.actions[Number(name)] : undefined;
    if (action) return `${actions[action.do].label}: `;
    return part === 'when' && name in conditions ? `${conditions[name as keyof typeof conditions].label}: ` : '';
  };
  const said = new Set(faults.map((fault) => `${about(fault)}${faultInWords(fault, faultWords)}`));
  return [...said].map((fault) => (
    <Text key={fault} size="sm" c="var(--mantine-color-error)">
      {fault}
    </Text>
  ));
}

interface HandsParts extends RuleListParts {
  rule: Rule;
  name: string;
  isRemoved: boolean;
}

function Hands({ rule, name, isRemoved, items, mayChange, hands }: HandsParts) {
  const words = useWords(texts);
  const { place, of } = placeOf(items, rule);
  const button = (label: string, onClick: () => void) => (
    <Button size="compact-sm" variant="light" aria-label={words.ofRule(label, name)} onClick={onClick}>
      {label}
    </Button>
  );
  if (!mayChange) return <Group>{button(words.look, () => hands.open(rule.id))}</Group>;
  if (isRemoved) return <Group>{button(words.fetchBack, () => hands.remove(rule.id, false))}</Group>;
  return (
    <Group gap="xs">
      <Step sign="↑" label={words.moveUp(name)} isOff={place === 1} onClick={() => hands.move(rule, -1)} />
      <Step sign="↓" label={words.moveDown(name)} isOff={place === of} onClick={() => hands.move(rule, 1)} />
      {button(words.edit, () => hands.open(rule.id))}
      {button(words.copy, () => hands.copy(rule))}
      {button(words.remove, () => hands.remove(rule.id, true))}
    </Group>
  );
}
