import { Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { useRef } from 'react';
import type { Responsible } from '../../../../proto/rule.ts';
import { type TemplateField as FieldName, faultsOfTemplate, templateFields } from '../../../../proto/template.ts';
import { named, worded } from '../../../../workflows/call/decide/wording.ts';
import { useWords } from '../../../kit/language.tsx';
import { useFault, usePreviewCase } from './form-context.tsx';
import { texts } from './words.ts';

interface TemplateFieldParts {
  label: string;
  /** Of the rule, where it stands: its faults are told here. */
  place: string;
  /** A name is cut shorter than a text. */
  isName: boolean;
  value: string;
  responsible: readonly Responsible[];
  onChange: (value: string) => void;
}

/** A text with fields of the call in it, and what it comes out as. */
export function TemplateField({ label, place, isName, value, responsible, onChange }: TemplateFieldParts) {
  const words = useWords(texts);
  const fault = useFault(place);
  const of = usePreviewCase();
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (field: FieldName) => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? {
      selectionStart: value.length,
      selectionEnd: value.length,
    };
    onChange(`${value.slice(0, from)}{{${field}}}${value.slice(to)}`);
  };
  const isUsable = value !== '' && faultsOfTemplate(value).length === 0;
  return (
    <Stack gap={4}>
      <Textarea
        ref={area}
        label={label}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2_000}
        value={value}
        error={fault}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Menu>
          <Menu.Target>
            <Button size="compact-sm" variant="light" style={{ flexShrink: 0 }}>
              {words.insert}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={300} style={{ overflowY: 'auto' }}>
            {templateFields.map((field) => (
              <Menu.Item key={field} onClick={() => insert(field)}>
                {words.fields[field]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {isUsable && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {words.preview}: <q>{(isName ? named : worded)(value, responsible, of)}</q>
          </Text>
        )}
      </Group>
    </Stack>
  );
}
