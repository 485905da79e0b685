import { Badge, Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Overall } from '../../../../proto/state/finding.ts';
import { useWords, type Words } from '../../../kit/language.tsx';
import { addressOf } from '../../app/account.ts';
import { stateQuery } from './state.ts';

const everyMs = 60_000;

export const signs: Record<Overall, { sign: string; color: string }> = {
  ok: { sign: '✓', color: 'teal.9' },
  warning: { sign: '!', color: 'orange.9' },
  error: { sign: '✕', color: 'red.9' },
};

/** How the account stands, on every page; what is not right stands on the page that it leads to. */
export function OverallBadge({ accountId }: { accountId: string }) {
  const words = useWords(overallWords);
  const { data } = useQuery(stateQuery(accountId, everyMs));
  if (!data) return null;
  const { sign, color } = signs[data.overall];
  return (
    <Badge
      component={Link}
      href={addressOf(accountId, 'start')}
      color={color}
      aria-label={words[data.overall]}
      style={{ cursor: 'pointer', flexShrink: 0 }}
    >
      {sign}
      <Box component="span" visibleFrom="sm" ml={6}>
        {words[data.overall]}
      </Box>
    </Badge>
  );
}

export const overallWords: Words<Record<Overall, string>> = {
  ru: { ok: 'Всё работает', warning: 'Есть замечания', error: 'Есть неполадки' },
  en: { ok: 'All is well', warning: 'Worth a look', error: 'Something is wrong' },
};
