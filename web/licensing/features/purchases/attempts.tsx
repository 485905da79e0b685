import { Alert, Button, List, Stack } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import type { RefusedAttempt } from '../../app/api.ts';
import { InstallationId } from '../../ui/installation-id.tsx';
import { texts } from './words.ts';

/** Machines that came with the key while it was in use elsewhere: the customer moves, or the key was stolen. */
export function Attempts({ attempts, onMove }: { attempts: RefusedAttempt[]; onMove: () => void }) {
  const words = useWords(texts);
  return (
    <Alert color="orange" title={words.attempts}>
      <Stack gap="xs" align="flex-start">
        <List size="sm">
          {attempts.map(({ thumbprint, times, lastAtMs, address, accounts }) => (
            <List.Item key={thumbprint}>
              <InstallationId of={thumbprint} /> · {words.cameFrom(address)} <Moment atMs={lastAtMs} isShort />,{' '}
              {words.times(times)}
              {accounts.length > 0 && ` · ${accounts.join(', ')}`}
            </List.Item>
          ))}
        </List>
        {words.attemptsText}
        <Button size="xs" variant="default" onClick={onMove}>
          {words.moveTitle}
        </Button>
      </Stack>
    </Alert>
  );
}
