import { Alert, Anchor, Card, Group, Radio, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { Rule } from '../../../../../proto/rule.ts';
import type { Case } from '../../../../../workflows/call/decide/case.ts';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { Asked } from '../../../../kit/query.tsx';
import { callAddress } from '../../journal/calls.ts';
import { type Names, namedOf } from '../names.ts';
import { texts } from '../words.ts';
import { CallChoice } from './call-choice.tsx';
import type { ChosenCall } from './chosen-call.ts';
import { compare } from './comparison.ts';
import { dryRunTexts } from './dry-run-words.ts';
import { Side } from './side.tsx';
import { type MomentTrial, tryRules } from './trial.ts';

interface DryRunParts {
  accountId: string;
  names: Names;
  saved: readonly Rule[];
  /** As they stand in the form. */
  edited: readonly Rule[];
  chosen: ChosenCall;
}

/** What the saved rules would do with a call of the journal, beside what the edited ones would. */
export function DryRun({ accountId, names, saved, edited, chosen }: DryRunParts) {
  const words = useWords(dryRunTexts);
  return (
    <Stack>
      <CallChoice accountId={accountId} label={words.choose} none={words.none} chosen={chosen} />
      {chosen.name === undefined ? (
        <EmptyState title={words.none} text={words.noneText} />
      ) : (
        <Asked query={chosen.query}>
          {() =>
            chosen.case && (
              <>
                <Anchor
                  component={Link}
                  href={callAddress(accountId, chosen.name ?? { pbx: '', linkedid: '' }, '')}
                  size="sm"
                >
                  {words.openCall}
                </Anchor>
                <Assumptions chosen={chosen} of={chosen.case} names={names} />
                <Trials of={chosen.case} names={names} saved={saved} edited={edited} />
              </>
            )
          }
        </Asked>
      )}
    </Stack>
  );
}

interface AssumptionsParts {
  chosen: ChosenCall;
  of: Case;
  names: Names;
}

/** What is known of the client, and what is to be taken for known. */
function Assumptions({ chosen, of: { about, settings }, names }: AssumptionsParts) {
  const words = useWords(dryRunTexts);
  const { client } = about;
  const responsibleUserId = client?.responsibleUserId ?? null;
  const nobody = '';
  return (
    <Stack gap="xs">
      <Radio.Group
        label={words.client}
        value={client === undefined ? null : client === null ? 'no' : 'yes'}
        onChange={(chosenWay) => chosen.assume({ isKnown: chosenWay === 'yes', responsibleUserId })}
        {...(client === undefined && { description: words.clientUnknown })}
      >
        <Group mt={4}>
          <Radio value="yes" label={words.isKnown} />
          <Radio value="no" label={words.isStranger} />
        </Group>
      </Radio.Group>
      {client && names.users.length > 0 && (
        <Select
          label={words.clientsOwn}
          data={[
            { value: nobody, label: words.nobody },
            ...names.users.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={responsibleUserId === null ? nobody : String(responsibleUserId)}
          allowDeselect={false}
          onChange={(id) =>
            chosen.assume({ isKnown: true, responsibleUserId: id === null || id === nobody ? null : Number(id) })
          }
          maw={320}
        />
      )}
      {about.lists.length > 0 && (
        <Text size="sm">{words.lists(about.lists.map((id) => namedOf(names.lists, id)).join(', '))}</Text>
      )}
      {settings.observed && <Alert color="yellow">{words.observed}</Alert>}
      {settings.decisionHook && <Alert color="yellow">{words.decisionHook}</Alert>}
    </Stack>
  );
}

function Trials({ of, names, saved, edited }: Omit<DryRunParts, 'accountId' | 'chosen'> & { of: Case }) {
  const words = useWords(dryRunTexts);
  const by = (rules: readonly Rule[]) => tryRules({ ...of, settings: { ...of.settings, rules: [...rules] } });
  const isEdited = JSON.stringify(saved) !== JSON.stringify(edited);
  const [now, then] = [by(saved), by(edited)];
  return (
    <>
      <Text size="sm" c="dimmed">
        {words.about} {!isEdited && words.unchanged}
      </Text>
      {now.map((moment, index) => (
        <Moment
          key={moment.phase}
          names={names}
          about={of.about}
          now={now}
          then={isEdited ? then : undefined}
          index={index}
        />
      ))}
    </>
  );
}

interface MomentParts {
  names: Names;
  about: Case['about'];
  now: MomentTrial[];
  /** By the edited rules; undefined: they are the same. */
  then: MomentTrial[] | undefined;
  index: number;
}

function Moment({ names, about, now, then, index }: MomentParts) {
  const words = useWords(dryRunTexts);
  const { phases } = useWords(texts);
  const trial = now[index] as MomentTrial;
  const other = then?.[index];
  const compared = compare(trial.deeds, (other ?? trial).deeds);
  const side = (title: string, moments: MomentTrial[], deeds: typeof compared.saved) => (
    <Side
      title={title}
      names={names}
      about={about}
      trial={moments[index] as MomentTrial}
      deeds={deeds}
      all={moments.flatMap((moment) => moment.deeds)}
    />
  );
  return (
    <Card withBorder component="section" aria-label={phases[trial.phase].title} padding="sm">
      <Stack gap="xs">
        <Title order={3} size="h5">
          {phases[trial.phase].title}
        </Title>
        {trial.isReached ? (
          <SimpleGrid cols={{ base: 1, sm: then ? 2 : 1 }} spacing="md">
            {side(words.saved, now, compared.saved)}
            {then && side(words.edited, then, compared.edited)}
          </SimpleGrid>
        ) : (
          <Text size="sm" c="dimmed">
            {words.notReached}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
