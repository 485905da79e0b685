import { Alert, Button, Group, Stack, Tabs, Text, VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Rule } from '../../../../proto/rule.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { SaveBar } from '../settings/save-bar.tsx';
import type { PresentSettings } from '../settings/settings.ts';
import { CallChoice } from './dry-run/call-choice.tsx';
import { useChosenCall } from './dry-run/chosen-call.ts';
import { DryRun } from './dry-run/dry-run.tsx';
import { faultsByRule } from './faults.ts';
import { useNames } from './names.ts';
import { PresetsDialog } from './presets-dialog.tsx';
import { RuleDrawer } from './rule-drawer.tsx';
import {
  itemsOf,
  moved,
  newRule,
  placeOf,
  type RuleItem,
  rulesOf,
  withCopy,
  withIdOfName,
  without,
  withRemoved,
  withRule,
} from './rule-items.ts';
import { type RuleHands, RuleList } from './rule-list.tsx';
import { nameOf } from './summary.ts';
import { texts } from './words.ts';

interface RulesFormParts {
  accountId: string;
  present: PresentSettings;
}

const valuesOf = ({ version, settings: { rules } }: PresentSettings) => ({
  version,
  saved: rules,
  items: itemsOf(rules),
});

/** The rules, and what they would do; all changes are saved together as one version. */
export function RulesForm({ accountId, present }: RulesFormParts) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const names = useNames(accountId, present);
  const [values, setValues] = useState(() => valuesOf(present));
  const [openRule, setOpenRule] = useState<{ id: string; isNew: boolean }>();
  const [hasPresets, setHasPresets] = useState(false);
  const chosen = useChosenCall(accountId);
  const { version, saved, items } = values;
  const rules = rulesOf(items);
  const faults = useMemo(() => faultsByRule(rulesOf(items), present), [items, present]);
  const setItems = (changed: RuleItem[]) => setValues({ ...values, items: changed });
  const { hands, told } = useHands(items, setItems, (id) => setOpenRule({ id, isNew: false }));
  const opened = items.find(({ rule, isRemoved }) => !isRemoved && rule.id === openRule?.id)?.rule;
  const isChanged = JSON.stringify(rules) !== JSON.stringify(saved);
  const add = () => {
    const rule = newRule(items, words.newName, 'call_ended');
    setItems([...items, { rule, isRemoved: false }]);
    setOpenRule({ id: rule.id, isNew: true });
  };
  const close = () => {
    if (openRule?.isNew) setValues((now) => ({ ...now, items: withIdOfName(now.items, openRule.id) }));
    setOpenRule(undefined);
  };
  return (
    <Stack>
      <Tabs defaultValue={chosen.name ? 'dry-run' : 'rules'} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="rules">{words.rules}</Tabs.Tab>
          <Tabs.Tab value="dry-run">{words.dryRun}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rules">
          <Stack>
            <Text size="sm">{words.order}</Text>
            {mayChange && (
              <Group>
                <Button variant="light" onClick={add}>
                  {words.add}
                </Button>
                <Button variant="default" onClick={() => setHasPresets(true)}>
                  {words.presets}
                </Button>
              </Group>
            )}
            <RuleList {...{ items, saved, names, faults, mayChange, hands }} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="dry-run">
          <DryRun accountId={accountId} names={names} saved={saved} edited={rules} chosen={chosen} />
        </Tabs.Panel>
      </Tabs>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      {faults.size > 0 && <Faulty rules={rules.filter(({ id }) => faults.has(id))} />}
      {mayChange && (
        <SaveBar
          accountId={accountId}
          basedOn={version}
          sections={isChanged ? { rules } : undefined}
          isUsable={faults.size === 0}
          onSaved={(version, sent) =>
            setValues((now) => ({ version, saved: sent.rules ?? now.saved, items: itemsOf(rulesOf(now.items)) }))
          }
          onReset={(fresh) => setValues(valuesOf(fresh))}
        />
      )}
      {opened && (
        <RuleDrawer
          key={opened.id}
          rule={opened}
          isNew={openRule?.isNew ?? false}
          mayChange={mayChange}
          names={names}
          faults={faults.get(opened.id) ?? []}
          chosen={chosen.case}
          callChoice={
            <CallChoice accountId={accountId} label={words.previewOn} none={words.sampleCall} chosen={chosen} />
          }
          onChange={(rule) => setItems(withRule(items, rule))}
          onDrop={() => {
            setItems(without(items, opened.id));
            setOpenRule(undefined);
          }}
          onClose={close}
        />
      )}
      {hasPresets && (
        <PresetsDialog items={items} names={names} onChange={setItems} onClose={() => setHasPresets(false)} />
      )}
    </Stack>
  );
}

/** What can be done in the list. @returns `told`: what a screen reader says about the last of it */
function useHands(
  items: RuleItem[],
  setItems: (items: RuleItem[]) => void,
  open: RuleHands['open'],
): { hands: RuleHands; told: string } {
  const words = useWords(texts);
  const { language } = useLanguage();
  const [told, setTold] = useState('');
  const hands: RuleHands = {
    open,
    change: (rule) => setItems(withRule(items, rule)),
    copy: (rule) => setItems(withCopy(items, rule.id, words.copyOf(nameOf(rule, language)))),
    remove: (id, isRemoved) => setItems(withRemoved(items, id, isRemoved)),
    move(rule, by) {
      const changed = moved(items, rule.id, by);
      const { place, of } = placeOf(changed, rule);
      setItems(changed);
      setTold(words.nowAt(nameOf(rule, language), place, of));
    },
  };
  return { hands, told };
}

function Faulty({ rules }: { rules: readonly Rule[] }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  return (
    <Alert color="red" role="alert">
      {words.faulty(rules.map((rule) => nameOf(rule, language) || words.newName).join(', '))}
    </Alert>
  );
}
