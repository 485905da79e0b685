import { Card, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../../../kit/language.tsx';
import { TextToCopy } from '../../../../kit/text-to-copy.tsx';
import { DialplanCard } from '../../routing/dialplan-card.tsx';
import type { Pbx } from '../pbxs.ts';
import { passwordsFor } from './passwords.ts';
import { isAddress, readerUrl, type SetUpValues, type Snippet, snippetsFor } from './snippets.ts';
import { texts } from './words.ts';

interface SetUpParts {
  /** undefined: one that is not here yet. */
  pbx?: Pick<Pbx, 'id' | 'place' | 'celTable' | 'cdrTable' | 'ami'>;
  /** Of one that is here, for whoever may see its key: the account whose clients it routes. */
  routingOf?: string | undefined;
}

const newPbx = { id: '', place: null, celTable: 'cel', cdrTable: 'cdr', ami: null };

/** What is pasted on the PBX so that Ringflow can read it, with this installation's own values. */
export function SetUp({ pbx = newPbx, routingOf }: SetUpParts) {
  const words = useWords(texts);
  const [kind, setKind] = useState<SetUpValues['kind']>('freepbx');
  const [address, setAddress] = useState(isAddress(location.hostname) ? location.hostname : '');
  const [host, setHost] = useState('');
  const place = pbx.place ?? `${host || words.hostOfPbx}:3306/asteriskcdrdb`;
  const values: SetUpValues = {
    ...{ kind, ringflowAddress: address, database: place.split('/')[1] ?? 'asteriskcdrdb' },
    ...{ celTable: pbx.celTable, cdrTable: pbx.cdrTable },
    ...{ amiUser: pbx.ami?.user ?? 'ringflow', amiPort: pbx.ami?.port ?? 5038 },
    ...passwordsFor(pbx.id),
  };
  return (
    <Stack maw={760}>
      <Text size="sm">{words.about}</Text>
      <SegmentedControl
        aria-label={words.kind}
        data={[
          { value: 'freepbx', label: 'FreePBX' },
          { value: 'asterisk', label: 'Asterisk' },
        ]}
        value={kind}
        onChange={(chosen) => setKind(chosen as SetUpValues['kind'])}
        style={{ alignSelf: 'flex-start' }}
      />
      <TextInput
        label={words.address}
        description={words.addressHint}
        value={address}
        error={isAddress(address) ? null : words.addressFault}
        onChange={({ currentTarget }) => setAddress(currentTarget.value.trim())}
        maw={420}
      />
      {isAddress(address) && (
        <>
          {snippetsFor(values).map((snippet) => (
            <SnippetCard key={`${snippet.id} ${snippet.file}`} snippet={snippet} />
          ))}
          {routingOf !== undefined && <DialplanCard key={kind} accountId={routingOf} pbxId={pbx.id} kind={kind} />}
          <Text size="sm">
            <b>{words.after}:</b> {words.next[kind]}
          </Text>
          {pbx.place === null && (
            <TextInput
              label={words.host}
              placeholder="192.168.1.10"
              value={host}
              onChange={({ currentTarget }) => setHost(currentTarget.value.trim())}
              maw={420}
            />
          )}
          <TextToCopy label={words.url} text={readerUrl(values, place)} />
        </>
      )}
    </Stack>
  );
}

function SnippetCard({ snippet: { id, file, text } }: { snippet: Snippet }) {
  const words = useWords(texts);
  return (
    <Card withBorder component="section" aria-label={`${words.titles[id]} ${file}`}>
      <Stack gap="xs">
        <Title order={3} size="h5">
          {words.titles[id]}
        </Title>
        <Text size="sm">{words.why[id]}</Text>
        <TextToCopy label={file === '' ? words.sql : file} text={text} />
      </Stack>
    </Card>
  );
}
