import { Button, Card, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { Link } from 'wouter';
import { type Finding, type FindingCode, findingKey } from '../../../../proto/state/finding.ts';
import { tellFinding } from '../../../../proto/state/words.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { type Account, addressOf } from '../../app/account.ts';
import { useSentences } from '../../ui/sentences.ts';
import { signs } from './overall-badge.tsx';
import { texts } from './words.ts';

const places: Partial<Record<FindingCode, keyof typeof texts.en.places>> = {
  ...{ 'amocrm-pending': 'amocrm', 'reconnect-needed': 'amocrm', 'amocrm-disconnected': 'amocrm' },
  ...{ 'no-pbx': 'pbxs', 'pbx-not-read': 'pbxs', 'pbx-database-away': 'pbxs', 'pbx-silent': 'pbxs' },
  ...{ 'pbx-writes-no-cel': 'pbxs', 'pbx-clock-behind': 'pbxs', 'ami-away': 'pbxs' },
  ...{ 'no-employees': 'employees', 'unmapped-extensions': 'employees', 'needs-attention': 'journal' },
  'calls-waiting': 'journal',
  ...{ 'brake-hit': 'general', 'no-rules': 'rules' },
  ...{ 'backfill-stands-still': 'backfill', 'backfill-failures': 'backfill' },
  ...{ 'licence-restricted': 'licence', 'licence-grace': 'licence', 'licence-ends': 'licence' },
  ...{ 'seats-exceeded': 'licence', 'pbx-beyond': 'licence', 'licensing-away': 'licence', 'licence-twin': 'licence' },
};
const searches: Partial<Record<FindingCode, string>> = {
  'needs-attention': '?registration=needs-attention',
  'calls-waiting': '?registration=pending',
};
/** Where amoCRM's own words are told too. */
const withReason = new Set<FindingCode>(['amocrm-pending', 'reconnect-needed', 'amocrm-disconnected']);

/** What is not right, each with what to do and where. */
export function FindingList({ account, findings }: { account: Account; findings: Finding[] }) {
  const words = useWords(texts);
  return (
    <Stack component="ul" gap="xs" p={0} m={0} aria-label={words.notRight} style={{ listStyle: 'none' }}>
      {findings.map((finding) => (
        <FoundCard key={findingKey(finding)} account={account} finding={finding} />
      ))}
    </Stack>
  );
}

function FoundCard({ account, finding }: { account: Account; finding: Finding }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const say = useSentences();
  const { title, whatToDo } = tellFinding(finding, language);
  const { sign, color } = signs[finding.level];
  const place = places[finding.code];
  return (
    <Card withBorder component="li" padding="sm">
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <ThemeIcon size={24} radius="xl" color={color}>
          <span role="img" aria-label={words.levels[finding.level]}>
            {sign}
          </span>
        </ThemeIcon>
        <Stack gap={4} align="flex-start" style={{ minWidth: 0 }}>
          <Text fw={600}>{title}</Text>
          <Text size="sm">{whatToDo}</Text>
          {withReason.has(finding.code) && finding.values.reason && (
            <Text size="sm" c="dimmed">
              {say(String(finding.values.reason))}
            </Text>
          )}
          {place && (
            <Button
              component={Link}
              href={place === 'licence' ? '/licence' : addressOf(account.id, place) + (searches[finding.code] ?? '')}
              size="xs"
              variant="light"
            >
              {words.places[place]}
            </Button>
          )}
        </Stack>
      </Group>
    </Card>
  );
}
