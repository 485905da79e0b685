import { Alert, Badge, Group, Progress, Stack, Text } from '@mantine/core';
import { type BackfillOutcome, type BackfillState, isOpen } from '../../../../proto/backfill.ts';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { useSentences } from '../../ui/sentences.ts';
import type { Backfill } from './backfills.ts';
import { texts } from './words.ts';

const colors: Record<BackfillState, string> = {
  ...{ running: 'blue.9', paused: 'gray.7', done: 'teal.9', cancelled: 'gray.7', failed: 'red.9', lost: 'red.9' },
};

export const outcomesOf = ({ counts }: Backfill): BackfillOutcome[] =>
  (Object.keys(texts.en.outcomes) as BackfillOutcome[]).filter((outcome) => counts[outcome] > 0);

/** Of the PBX, as all times here; undefined: it was removed, and nobody knows any more. */
type Zone = string | undefined;

/** Which calls are meant. */
export function Chosen({ choice, zone }: Pick<Backfill, 'choice'> & { zone: Zone }) {
  const words = useWords(texts);
  if ('linkedids' in choice) return <>{words.chosen(choice.linkedids.length)}</>;
  const { fromMs, toMs } = choice.period;
  return (
    <>
      <MomentThere atMs={fromMs} zone={zone} /> — <MomentThere atMs={toMs} zone={zone} />
    </>
  );
}

export function MomentThere({ atMs, zone }: { atMs: number; zone: Zone }) {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <Moment atMs={atMs} isShort {...(zone !== undefined && { zone })} />
    </span>
  );
}

export function StateBadge({ state, isStopping }: { state: BackfillState; isStopping: boolean }) {
  const words = useWords(texts);
  return (
    <Badge role="status" color={isStopping ? 'gray.7' : colors[state]}>
      {isStopping ? words.stopping : words.states[state]}
    </Badge>
  );
}

interface ProgressParts {
  backfill: Backfill;
  zone: Zone;
  isStopping: boolean;
}

/** How far it is, who asked for it, and what is in the way. */
export function BackfillProgress({ backfill, zone, isStopping }: ProgressParts) {
  const words = useWords(texts);
  const { state, share, counts, askedBy, askedAtMs, mode } = backfill;
  const percent = Math.floor(share * 100);
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {mode.scope === 'records' ? words.records : words.everything} · {askedBy},{' '}
        <MomentThere atMs={askedAtMs} zone={zone} />
      </Text>
      {isOpen(state) && <Progress value={percent} aria-label={words.read(percent)} />}
      <Group gap="md" style={{ rowGap: 4 }}>
        {isOpen(state) && <Text size="sm">{words.read(percent)}</Text>}
        <Text size="sm">{words.calls(counts.calls)}</Text>
        {outcomesOf(backfill).map((outcome) => (
          <Text size="sm" key={outcome}>
            {words.outcomes[outcome]}: {counts[outcome]}
          </Text>
        ))}
      </Group>
      {isStopping && <Text size="sm">{words.stoppingMeans}</Text>}
      {state === 'paused' && !isStopping && <Text size="sm">{words.pausedMeans}</Text>}
      <Trouble backfill={backfill} />
    </Stack>
  );
}

function Trouble({ backfill: { state, reason } }: { backfill: Backfill }) {
  const words = useWords(texts);
  const say = useSentences();
  const isOver = state === 'failed' || state === 'lost';
  if (!isOver && reason === '') return null;
  return (
    <Alert color={isOver ? 'red' : 'orange'} title={isOver ? words[state] : words.waits}>
      <Text size="sm">{say(reason)}</Text>
      <Text size="sm">{isOver ? words.anew : words.waitsText}</Text>
    </Alert>
  );
}
