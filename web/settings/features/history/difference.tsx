import { Code, Stack, Text, Title } from '@mantine/core';
import { diffJson } from 'diff';
import { useId } from 'react';
import type { SectionName } from '../../../../proto/settings-change.ts';
import { useWords } from '../../../kit/language.tsx';
import { sectionNames } from '../../ui/section-names.ts';
import type { PresentSettings } from '../settings/settings.ts';

type Shown = PresentSettings['settings'];

interface DifferenceParts {
  title: string;
  before: Shown;
  after: Shown;
  /** Said if there is no difference. */
  none: string;
}

/** Between two versions, section by section. */
export function Difference({ title, before, after, none }: DifferenceParts) {
  const names = useWords(sectionNames);
  const id = useId();
  const sections = (Object.keys(names) as SectionName[]).flatMap((name) => {
    const parts = diffJson({ [name]: before[name] }, { [name]: after[name] });
    return parts.some(({ added, removed }) => added || removed) ? [{ name, parts }] : [];
  });
  return (
    <Stack component="section" aria-labelledby={id} gap="xs">
      <Title order={3} size="h5" id={id}>
        {title}
      </Title>
      {sections.length === 0 && <Text size="sm">{none}</Text>}
      {sections.map(({ name, parts }) => (
        <div key={name}>
          <Text size="sm" fw={600}>
            {names[name]}
          </Text>
          <Code block>
            {parts.map((part, index) => (
              <Lines key={String(index)} {...part} />
            ))}
          </Code>
        </div>
      ))}
    </Stack>
  );
}

const linesAround = 2;

function Lines({ value, added, removed }: { value: string; added: boolean; removed: boolean }) {
  const sign = added ? '+' : removed ? '−' : ' ';
  const color = added ? 'var(--mantine-color-teal-text)' : removed ? 'var(--mantine-color-red-text)' : undefined;
  const lines = value.replace(/\n$/, '').split('\n');
  const shown = added || removed ? lines : shortened(lines);
  return <span style={{ color }}>{shown.map((line) => `${sign} ${line}\n`).join('')}</span>;
}

function shortened(lines: string[]): string[] {
  return lines.length <= 2 * linesAround + 1
    ? lines
    : [...lines.slice(0, linesAround), '…', ...lines.slice(-linesAround)];
}
