import { Select } from '@mantine/core';
import { useLanguage, useWords } from '../../../../kit/language.tsx';
import { callTexts } from '../../journal/call-words.ts';
import { type CallName, type CallRow, useCalls } from '../../journal/calls.ts';
import { clientOf } from '../../journal/client.ts';
import type { ChosenCall } from './chosen-call.ts';
import { dryRunTexts } from './dry-run-words.ts';

interface CallChoiceParts {
  accountId: string;
  label: string;
  /** Shown where no call is chosen. */
  none: string;
  chosen: ChosenCall;
}

const keyOf = ({ pbx, linkedid }: CallName) => `${pbx}/${linkedid}`;

function nameFrom(key: string): CallName {
  const [pbx = '', ...rest] = key.split('/');
  return { pbx, linkedid: rest.join('/') };
}

/** One of the latest calls. */
export function CallChoice({ accountId, label, none, chosen }: CallChoiceParts) {
  const words = useWords(callTexts);
  const dryRun = useWords(dryRunTexts);
  const { language } = useLanguage();
  const calls = useCalls(accountId, {});
  const time = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  type Told = Pick<CallRow, 'startedAtMs' | 'direction' | 'result'> & Parameters<typeof clientOf>[0];
  const labelOf = (call: Told) => {
    const direction = call.direction === null ? words.noDirection : words.directions[call.direction];
    const result = call.result === null ? words.goingOn : words.results[call.result];
    return `${time.format(call.startedAtMs)} · ${clientOf(call, words)} · ${direction}, ${result}`;
  };
  const latest = (calls.data?.pages ?? [])
    .flatMap((page) => page.calls)
    .map((call) => ({ value: keyOf({ pbx: call.pbxId, linkedid: call.linkedid }), label: labelOf(call) }));
  const key = chosen.name && keyOf(chosen.name);
  const isListed = latest.some(({ value }) => value === key);
  const older =
    key === undefined || isListed ? [] : [{ value: key, label: chosen.case ? labelOf(chosen.case.call) : key }];
  return (
    <Select
      label={label}
      placeholder={none}
      data={[...older, ...latest]}
      value={key ?? null}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `${none}: ${label}` }}
      nothingFoundMessage={dryRun.noCalls}
      onChange={(value) => chosen.choose(value === null ? undefined : nameFrom(value))}
      maw={560}
    />
  );
}
