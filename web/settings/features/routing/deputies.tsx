import { CloseButton, Group, Select, Stack, Text } from '@mantine/core';
import type { AmocrmUser } from '../../../../proto/catalogue.ts';
import type { PbxRouting } from '../../../../proto/routing/settings.ts';
import { useWords } from '../../../kit/language.tsx';
import { ExtensionInput } from './routing-fields.tsx';
import { texts } from './words.ts';

type DeputyMap = NonNullable<PbxRouting['deputies']>;

interface DeputiesParts {
  deputies: DeputyMap;
  users: readonly AmocrmUser[];
  onChange: (deputies: DeputyMap) => void;
}

/** Who is rung in whose stead. */
export function Deputies({ deputies, users, onChange }: DeputiesParts) {
  const words = useWords(texts);
  const nameOf = (id: string) => users.find((user) => String(user.id) === id)?.name ?? words.userOf(id);
  const others = users.filter(({ id }) => !Object.hasOwn(deputies, String(id)));
  const without = (id: string): DeputyMap => {
    const { [id]: _, ...rest } = deputies;
    return rest;
  };
  return (
    <Stack gap="xs">
      {Object.entries(deputies).map(([id, extension]) => (
        <Group key={id} gap="xs" wrap="nowrap">
          <Text size="sm" flex={1}>
            {nameOf(id)}
          </Text>
          <ExtensionInput
            label={words.deputyOf(nameOf(id))}
            value={extension}
            onChange={(changed) => onChange({ ...deputies, [id]: changed })}
          />
          <CloseButton aria-label={words.withoutDeputy(nameOf(id))} onClick={() => onChange(without(id))} />
        </Group>
      ))}
      <Select
        aria-label={words.addDeputy}
        placeholder={words.addDeputy}
        data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={null}
        searchable
        maw={300}
        onChange={(id) => id !== null && onChange({ ...deputies, [id]: '' })}
      />
    </Stack>
  );
}
