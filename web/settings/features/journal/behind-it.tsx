import { Anchor, Code, Stack, Text } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { CallAnswer } from './calls.ts';
import { Rows } from './rows.tsx';
import { texts } from './words.ts';

/** Where a person can look who wants to know exactly. */
export function BehindIt({ accountId, answer }: { accountId: string; answer: CallAnswer }) {
  const { call, workflowId, temporalUrl, celRowIds } = answer;
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  return (
    <Stack gap="xs">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {words.workflow}:{' '}
        {temporalUrl === null ? (
          <Code>{workflowId}</Code>
        ) : (
          <Anchor href={temporalUrl} target="_blank" rel="noreferrer">
            {workflowId}
          </Anchor>
        )}
      </Text>
      <Text size="sm">
        {words.pbx} {call.pbxId}, linkedid <Code>{call.linkedid}</Code>
      </Text>
      {call.recordingFile !== null && (
        <Text size="sm">
          {words.recording} <Code style={{ overflowWrap: 'anywhere' }}>{call.recordingFile}</Code>
        </Text>
      )}
      <Text size="sm">
        {words.rows(celRowIds.length)} <Code style={{ overflowWrap: 'anywhere' }}>{idRanges(celRowIds)}</Code>
      </Text>
      {isAdmin && <Rows accountId={accountId} name={{ pbx: call.pbxId, linkedid: call.linkedid }} />}
    </Stack>
  );
}

/** `1–3, 7` */
function idRanges(ids: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const id of ids.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && id <= last[1] + 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
