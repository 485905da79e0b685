import { Badge, Group, List, Stack, Text } from '@mantine/core';
import type { AboutClient } from '../../../../../proto/client.ts';
import type { JudgedRule } from '../../../../../workflows/call/decide/judging.ts';
import { useLanguage, useWords } from '../../../../kit/language.tsx';
import { useSentences } from '../../../ui/sentences.ts';
import { actionTexts } from '../actions/action-words.ts';
import { conditionTexts } from '../conditions/condition-words.ts';
import type { Names } from '../names.ts';
import { conditionInWords, nameOf } from '../summary.ts';
import { actualTexts } from './actual-words.ts';
import type { ComparedDeed, Difference } from './comparison.ts';
import { deedTexts } from './deed-words.ts';
import { dryRunTexts } from './dry-run-words.ts';
import { noteOn } from './notes.ts';
import type { Deed, MomentTrial } from './trial.ts';

interface SideParts {
  title: string;
  names: Names;
  about: AboutClient;
  trial: MomentTrial;
  deeds: ComparedDeed[];
  /** Of all moments of the call. */
  all: readonly Deed[];
}

const colors: Record<Difference, string> = { gone: 'red.9', new: 'teal.9', otherwise: 'blue.8' };

/** What some rules would do at one moment, and why. */
export function Side({ title, names, about, trial, deeds, all }: SideParts) {
  const words = useWords(dryRunTexts);
  const say = useSentences();
  const reason = trial.notRegistered;
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {deeds.length === 0 && <Text size="sm">{reason === undefined ? words.nothing : say(reason)}</Text>}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {deeds.map(({ deed, difference }) => (
          <DeedItem key={deed.key} {...{ deed, difference, names, trial }} note={noteOn(deed, about, all)} />
        ))}
      </Stack>
      <details>
        <summary>
          <Text size="sm" span>
            {words.why}
          </Text>
        </summary>
        <Why trial={trial} names={names} />
      </details>
    </Stack>
  );
}

interface DeedItemParts extends ComparedDeed {
  names: Names;
  trial: MomentTrial;
  note: ReturnType<typeof noteOn>;
}

function DeedItem({ deed, difference, names, trial, note }: DeedItemParts) {
  const words = useWords(dryRunTexts);
  const says = useWords(deedTexts)[deed.kind] as (outcome: object, names: Names) => string;
  const { language } = useLanguage();
  const rule = trial.of.settings.rules?.find(({ id }) => id === deed.ruleId);
  return (
    <li>
      <Group gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {says(deed.outcome, names)}
        </Text>
        {difference && <Badge color={colors[difference]}>{words.differences[difference]}</Badge>}
      </Group>
      <Text size="xs" c="dimmed">
        {rule && words.by(nameOf(rule, language))}
        {note && ` · ${words.notes[note]}`}
      </Text>
    </li>
  );
}

function Why({ trial: { judged, of, deeds }, names }: { trial: MomentTrial; names: Names }) {
  const words = useWords(dryRunTexts);
  const { language } = useLanguage();
  if (judged.length === 0) return <Text size="sm">{words.noRules}</Text>;
  return (
    <List size="sm" mt={4}>
      {judged.map((one) => (
        <List.Item key={one.rule.id}>
          <b>{nameOf(one.rule, language)}</b>: <Judgement judged={one} of={of} deeds={deeds} names={names} />
        </List.Item>
      ))}
    </List>
  );
}

interface JudgementParts {
  judged: JudgedRule;
  of: MomentTrial['of'];
  deeds: readonly Deed[];
  names: Names;
}

function Judgement({ judged: { rule, unmet, decides }, of, deeds, names }: JudgementParts) {
  const words = useWords(dryRunTexts);
  const actions = useWords(actionTexts);
  const conditions = useWords(conditionTexts);
  const actual = useWords(actualTexts);
  const { language } = useLanguage();
  if (!rule.enabled) return words.off;
  if (unmet.length > 0) {
    const said = unmet.map((name) =>
      words.unmet(
        conditions[name].label,
        conditionInWords(name, rule.when, names, language),
        actual[name](of, names, rule.when),
      ),
    );
    return said.join('; ');
  }
  if (decides.length === 0) return words.overruled;
  const labels = decides.map((kind) => {
    const comesToSomething = deeds.some((deed) => deed.kind === kind && deed.ruleId === rule.id);
    return comesToSomething ? actions[kind].label : `${actions[kind].label} (${words.inVain})`;
  });
  return words.decides(labels.join(', '));
}
