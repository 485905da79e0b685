import { Alert, Group, Progress, Stack, Text } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import type { Purchase } from '../../app/api.ts';
import { InstallationId } from '../../ui/installation-id.tsx';
import { texts } from './words.ts';

const silentMs = 86_400_000;

/** The machine that a purchase is on, as it has last told of itself. */
export function UsedOn({ purchase }: { purchase: Purchase }) {
  const words = useWords(texts);
  const { installation, seats, isOffline, activatedAtMs } = purchase;
  if (!installation) return <Text size="sm">{words.notUsed}</Text>;
  const { thumbprint, version, accounts, usage, lastHeardAtMs, timezone } = installation;
  const isSilent = !isOffline && Date.now() - lastHeardAtMs > silentMs;
  return (
    <Stack gap={6}>
      <Text size="sm">
        <Text span inherit fw={600}>
          {words.usedOn}
        </Text>{' '}
        <InstallationId of={thumbprint} />
        {version !== '' && ` · Ringflow ${version}`} · {timezone}
        {activatedAtMs !== null && (
          <>
            {' '}
            · {words.since} <Moment atMs={activatedAtMs} isShort />
          </>
        )}
      </Text>
      <Text size="sm">
        {isOffline ? (
          words.isOffline
        ) : (
          <>
            {words.lastHeard} <Moment atMs={lastHeardAtMs} isShort />
          </>
        )}
      </Text>
      {accounts.length > 0 && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          amoCRM: {accounts.join(', ')}
        </Text>
      )}
      {usage && (
        <Group gap="sm">
          <Progress
            w={160}
            value={Math.min(100, (usage.employees / Math.max(1, seats)) * 100)}
            color={usage.employees > seats ? 'orange' : 'teal'}
            aria-label={words.employees(usage.employees, seats)}
          />
          <Text size="sm">
            {words.employees(usage.employees, seats)} · {words.usage(usage.pbxs, usage.callsOfMonth)}
          </Text>
        </Group>
      )}
      {usage && usage.employees > seats && <Alert color="orange">{words.seatsMissing(usage.employees - seats)}</Alert>}
      {installation.isTwin && (
        <Alert color="orange" title={words.twin}>
          {words.twinText}
        </Alert>
      )}
      {isSilent && (
        <Alert color="orange" title={words.silent}>
          {words.silentText}
        </Alert>
      )}
    </Stack>
  );
}
