import { List, Stack, Text, ThemeIcon } from '@mantine/core';
import type { PbxFinding } from '../../../../proto/pbx-check.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { findingTexts, groups } from './finding-words.ts';

const signs = {
  ok: { sign: '✓', color: 'teal.9' },
  warning: { sign: '!', color: 'orange.9' },
  error: { sign: '✕', color: 'red.9' },
} as const;

/** What the check of a PBX has found, each with what to do. */
export function Findings({ findings }: { findings: PbxFinding[] }) {
  return (
    <Stack gap="md" role="status">
      {(Object.keys(groups) as (keyof typeof groups)[]).map((name) => (
        <GroupOfFindings
          key={name}
          name={name}
          findings={findings.filter(({ subject }) => (groups[name] as readonly string[]).includes(subject))}
        />
      ))}
    </Stack>
  );
}

function GroupOfFindings({ name, findings }: { name: keyof typeof groups; findings: PbxFinding[] }) {
  const words = useWords(findingTexts);
  const { language } = useLanguage();
  const worst =
    (['error', 'warning', 'ok'] as const).find((state) => findings.some((one) => one.state === state)) ?? 'ok';
  if (findings.length === 0) return null;
  if (name !== 'calls' && findings[0]?.finding === 'not-set') return <Text size="sm">{words.notSet[name]}</Text>;
  return (
    <Stack gap="xs">
      <Text fw={600}>{words.outcomes[name][worst]}</Text>
      <List spacing="xs" size="sm">
        {findings.map((finding) => (
          <List.Item
            key={finding.subject}
            icon={
              <ThemeIcon size={20} radius="xl" color={signs[finding.state].color}>
                <span role="img" aria-label={words.states[finding.state]}>
                  {signs[finding.state].sign}
                </span>
              </ThemeIcon>
            }
          >
            <Text span size="sm" fw={600}>
              {words.subjects[finding.subject]}:
            </Text>{' '}
            {words.tell(finding, language)}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
