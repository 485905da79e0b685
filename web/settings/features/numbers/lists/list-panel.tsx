import { Button, CloseButton, FileButton, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readPhoneFile } from '../../../../../proto/phone-file.ts';
import type { NumberList } from '../../../../../proto/rule.ts';
import { Failure } from '../../../../kit/failure.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { Asked } from '../../../../kit/query.tsx';
import { saveFile } from '../../../../kit/save-file.ts';
import { SureButton } from '../../../../kit/sure-button.tsx';
import { readablePhone } from '../../../ui/phone.ts';
import { ImportDialog } from './import-dialog.tsx';
import { listQuery, numbersWith, useChangeNumbers, useRemoveList, useRenameList } from './lists.ts';
import { texts } from './words.ts';

interface ListPanelParts {
  accountId: string;
  listId: string;
  /** Of the account's PBXs. */
  countries: string[];
  /** Names of the rules that need it. */
  usedBy: string[];
  isAdmin: boolean;
}

/** What is in a list, and what can be done with it. */
export function ListPanel({ accountId, listId, countries, usedBy, isAdmin }: ListPanelParts) {
  const list = useQuery(listQuery(accountId, listId));
  const words = useWords(texts);
  const [file, setFile] = useState<File | null>(null);
  return (
    <Asked query={list}>
      {(whole) => (
        <Stack>
          <Found accountId={accountId} list={whole} isAdmin={isAdmin} />
          {isAdmin && <AddNumbers accountId={accountId} listId={listId} country={countries[0] ?? 'RU'} />}
          <Group gap="xs">
            {isAdmin && (
              <FileButton onChange={setFile} accept=".csv,.txt,.tsv,text/csv,text/plain">
                {(button) => (
                  <Button size="xs" variant="light" {...button}>
                    {words.import}
                  </Button>
                )}
              </FileButton>
            )}
            <Button
              size="xs"
              variant="light"
              disabled={whole.numbers.length === 0}
              onClick={() => saveFile(`${whole.name}.csv`, `${whole.numbers.join('\n')}\n`, 'text/csv')}
            >
              {words.export}
            </Button>
          </Group>
          {isAdmin && <Itself accountId={accountId} list={whole} usedBy={usedBy} />}
          {file && (
            <ImportDialog
              key={file.name}
              accountId={accountId}
              list={whole}
              countries={countries}
              file={file}
              onClose={() => setFile(null)}
            />
          )}
        </Stack>
      )}
    </Asked>
  );
}

/** More are not looked through by anybody. */
const mostShown = 20;

function Found({ accountId, list, isAdmin }: { accountId: string; list: NumberList; isAdmin: boolean }) {
  const words = useWords(texts);
  const [text, setText] = useState('');
  const change = useChangeNumbers(accountId, list.id, () => undefined);
  if (list.numbers.length === 0) return <Text c="dimmed">{words.empty}</Text>;
  const found = numbersWith(list.numbers, text).reverse(); // what was added last is looked at first
  return (
    <Stack gap="xs">
      <TextInput
        label={words.search}
        maw={300}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        inputMode="tel"
      />
      {found.length === 0 && <Text c="dimmed">{words.nothingFound}</Text>}
      <Group gap="xs">
        {found.slice(0, mostShown).map((number) => (
          <Group key={number} gap={2} wrap="nowrap">
            <Text size="sm">{number.endsWith('*') ? number : readablePhone(number)}</Text>
            {isAdmin && (
              <CloseButton
                size="sm"
                aria-label={words.takeOutOf(number)}
                disabled={change.isPending}
                onClick={() => change.mutate({ add: [], remove: [number] })}
              />
            )}
          </Group>
        ))}
      </Group>
      {found.length > mostShown && (
        <Text size="sm" c="dimmed">
          {words.more(found.length - mostShown)}
        </Text>
      )}
      {change.isError && <Failure error={change.error} />}
    </Stack>
  );
}

function AddNumbers({ accountId, listId, country }: { accountId: string; listId: string; country: string }) {
  const words = useWords(texts);
  const [text, setText] = useState('');
  const [bad, setBad] = useState<string>();
  const change = useChangeNumbers(accountId, listId, ({ added, removed }) => {
    notifications.show({ message: words.changed(added, removed), color: 'teal' });
    setText('');
  });
  const add = () => {
    const { numbers, unreadable } = readPhoneFile(text.replaceAll(/[,;]/g, '\n'), country);
    const [first] = unreadable;
    setBad(first?.text ?? (numbers.length === 0 ? text : undefined));
    if (!first && numbers.length > 0) change.mutate({ add: numbers, remove: [] });
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Textarea
        label={words.numbers}
        description={words.numbersAbout}
        autosize
        minRows={1}
        maxRows={8}
        w="100%"
        maw={560}
        value={text}
        error={bad !== undefined && words.unreadableText(bad)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="xs" loading={change.isPending} disabled={text.trim() === ''} onClick={add}>
        {words.add}
      </Button>
      {change.isError && <Failure error={change.error} />}
    </Stack>
  );
}

/** Its name, and its end. */
function Itself({ accountId, list, usedBy }: { accountId: string; list: NumberList; usedBy: string[] }) {
  const words = useWords(texts);
  const [name, setName] = useState<string>();
  const rename = useRenameList(accountId, list.id, () => setName(undefined));
  const remove = useRemoveList(accountId, list.id);
  return (
    <Stack gap="xs">
      {name === undefined ? (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setName(list.name)}>
            {words.rename}
          </Button>
          {usedBy.length === 0 && (
            <SureButton
              label={words.remove}
              sure={words.removeSure}
              isBusy={remove.isPending}
              onSure={() => remove.mutate(undefined)}
            />
          )}
        </Group>
      ) : (
        <Group gap="xs" align="flex-end">
          <TextInput
            label={words.name}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button loading={rename.isPending} disabled={name.trim() === ''} onClick={() => rename.mutate(name.trim())}>
            {words.save}
          </Button>
          <Button variant="default" onClick={() => setName(undefined)}>
            {words.cancel}
          </Button>
        </Group>
      )}
      {usedBy.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.usedBy(usedBy.join(', '))}
        </Text>
      )}
      {rename.isError && <Failure error={rename.error} />}
      {remove.isError && <Failure error={remove.error} />}
    </Stack>
  );
}
