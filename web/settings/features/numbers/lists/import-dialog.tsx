import { Alert, Button, List, Modal, Radio, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useState } from 'react';
import { type PhoneFile, readPhoneFile } from '../../../../../proto/phone-file.ts';
import type { NumberList } from '../../../../../proto/rule.ts';
import { Failure } from '../../../../kit/failure.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { Loading } from '../../../../kit/loading.tsx';
import { readablePhone } from '../../../ui/phone.ts';
import { textOfFile, useChangeNumbers, useReplaceNumbers } from './lists.ts';
import { texts } from './words.ts';

interface ImportDialogParts {
  accountId: string;
  list: NumberList;
  countries: string[];
  file: File;
  onClose: () => void;
}

/** What is in a file, before any of it gets into the list. */
export function ImportDialog({ accountId, list, countries, file, onClose }: ImportDialogParts) {
  const words = useWords(texts);
  const [country, setCountry] = useState(countries[0] ?? 'RU');
  const [column, setColumn] = useState<number>();
  const read = usePhones(file, country, column);
  return (
    <Modal opened onClose={onClose} size="lg" title={words.importTitle(file.name)}>
      <Stack>
        {countries.length > 1 && (
          <Select
            label={words.country}
            data={countries}
            value={country}
            allowDeselect={false}
            onChange={(chosen) => chosen && setCountry(chosen)}
          />
        )}
        {read && read.columns.length > 1 && (
          <Select
            label={words.column}
            data={read.columns.map((title, place) => ({ value: String(place), label: `${place + 1}. ${title}` }))}
            placeholder={words.allColumns}
            value={read.column === undefined ? null : String(read.column)}
            allowDeselect={false}
            onChange={(chosen) => setColumn(Number(chosen))}
          />
        )}
        {read ? <Preview {...{ accountId, list, read, onClose }} /> : <Loading />}
      </Stack>
    </Modal>
  );
}

/** Long files take a moment: that they are read is shown first. */
function usePhones(file: File, country: string, column: number | undefined): PhoneFile | undefined {
  const [read, setRead] = useState<PhoneFile>();
  useEffect(() => {
    let isWanted = true;
    setRead(undefined);
    void textOfFile(file).then((text) =>
      setTimeout(() => isWanted && setRead(readPhoneFile(text, country, column)), paintMs),
    );
    return () => {
      isWanted = false;
    };
  }, [file, country, column]);
  return read;
}

const paintMs = 30;
const mostInList = 50_000;
/** Of so many lines it is shown what is wrong, of so many numbers how they were read. */
const [mostLines, mostExamples] = [100, 5];

interface PreviewParts {
  accountId: string;
  list: NumberList;
  read: PhoneFile;
  onClose: () => void;
}

function Preview({ accountId, list, read: { numbers, repeated, unreadable }, onClose }: PreviewParts) {
  const words = useWords(texts);
  const [way, setWay] = useState('add');
  const done = ({ added, removed }: { added: number; removed: number }) => {
    notifications.show({ message: words.changed(added, removed), color: 'teal' });
    onClose();
  };
  const add = useChangeNumbers(accountId, list.id, done);
  const replace = useReplaceNumbers(accountId, list.id, done);
  const known = useMemo(() => {
    const there = new Set(list.numbers);
    return numbers.filter((number) => there.has(number)).length;
  }, [list, numbers]);
  const after = way === 'add' ? list.numbers.length + numbers.length - known : numbers.length;
  const examples = numbers.slice(0, mostExamples).map((one) => (one.endsWith('*') ? one : readablePhone(one)));
  const failed = [add, replace].find(({ isError }) => isError);
  return (
    <>
      {numbers.length === 0 ? (
        <Alert color="orange">{words.noNumbers}</Alert>
      ) : (
        <Text>
          {words.count(numbers.length)}: {examples.join(', ')}
          {numbers.length > mostExamples ? '…' : '.'} {repeated > 0 && words.repeated(repeated)}{' '}
          {known > 0 && words.known(known)}
        </Text>
      )}
      {unreadable.length > 0 && <BadLines unreadable={unreadable} />}
      {after > mostInList && <Alert color="red">{words.tooMany}</Alert>}
      {list.numbers.length > 0 && (
        <Radio.Group label={words.way} value={way} onChange={setWay}>
          <Stack gap="xs" mt="xs">
            <Radio value="add" label={words.wayAdd} />
            <Radio value="replace" label={words.wayReplace} />
          </Stack>
        </Radio.Group>
      )}
      {failed && <Failure error={failed.error} />}
      <Button
        style={{ alignSelf: 'flex-start' }}
        loading={add.isPending || replace.isPending}
        disabled={numbers.length === 0 || after > mostInList}
        onClick={() => (way === 'add' ? add.mutate({ add: numbers, remove: [] }) : replace.mutate(numbers))}
      >
        {words.toTake(numbers.length)}
      </Button>
    </>
  );
}

function BadLines({ unreadable }: Pick<PhoneFile, 'unreadable'>) {
  const words = useWords(texts);
  return (
    <Alert color="orange" title={words.badLines(unreadable.length)}>
      <Text size="sm">{words.unreadable}</Text>
      <List size="sm" mah={200} style={{ overflowY: 'auto' }} tabIndex={0}>
        {unreadable.slice(0, mostLines).map(({ line, text }) => (
          <List.Item key={line}>
            {words.line(line)} {text.slice(0, 80)}
          </List.Item>
        ))}
        {unreadable.length > mostLines && <List.Item>…</List.Item>}
      </List>
    </Alert>
  );
}
