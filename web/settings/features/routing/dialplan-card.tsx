import { Alert, Button, Card, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import { TextToCopy } from '../../../kit/text-to-copy.tsx';
import { type DialplanValues, dialplanFor, entryLine, isContext, usualContexts } from './dialplan.ts';
import { accessQuery, useRenewKey } from './routing.ts';
import { texts } from './words.ts';

interface DialplanCardParts {
  accountId: string;
  pbxId: string;
  kind: DialplanValues['kind'];
}

const usualSeconds = 20;

/** The dialplan by which a PBX asks, with its key. */
export function DialplanCard({ accountId, pbxId, kind }: DialplanCardParts) {
  const words = useWords(texts);
  const access = useQuery(accessQuery(accountId, pbxId));
  const renew = useRenewKey(accountId, pbxId);
  return (
    <Card withBorder component="section" aria-label={words.dialplan}>
      <Stack gap="xs">
        <Title order={4} size="h5">
          {words.dialplan}
        </Title>
        <Text size="sm">{words.dialplanAbout}</Text>
        <Asked query={access}>
          {({ url, key }) =>
            key === null ? (
              <Group>
                <Button loading={renew.isPending} onClick={() => renew.mutate()}>
                  {words.makeKey}
                </Button>
              </Group>
            ) : (
              <>
                <Dialplan url={url} accessKey={key} kind={kind} />
                <Text size="sm">{words.renewAbout}</Text>
                <Group>
                  <SureButton
                    key={key}
                    label={words.renew}
                    sure={words.renewSure}
                    isBusy={renew.isPending}
                    onSure={() => renew.mutate()}
                  />
                </Group>
              </>
            )
          }
        </Asked>
        {renew.isError && <Failure error={renew.error} />}
      </Stack>
    </Card>
  );
}

function Dialplan({ url, accessKey, kind }: { url: string; accessKey: string; kind: DialplanValues['kind'] }) {
  const words = useWords(texts);
  const [context, setContext] = useState<string>(usualContexts[kind]);
  const [ringSeconds, setRingSeconds] = useState<number | string>(usualSeconds);
  const isUsable = isContext(context) && typeof ringSeconds === 'number';
  return (
    <>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <NumberInput
          label={words.ringSeconds}
          description={words.ringSecondsAbout}
          min={5}
          max={120}
          allowDecimal={false}
          value={ringSeconds}
          onChange={setRingSeconds}
        />
        <TextInput
          label={words.context}
          description={words.contextAbout[kind]}
          value={context}
          error={isContext(context) ? null : words.contextFault}
          onChange={({ currentTarget }) => setContext(currentTarget.value.trim())}
        />
      </Group>
      {isOwnMachine(url) && <Alert color="orange">{words.ownMachine(new URL(url).origin)}</Alert>}
      {isUsable && <Pasted values={{ url, key: accessKey, kind, context, ringSeconds }} />}
    </>
  );
}

/** An address that leads a PBX elsewhere to itself. */
const isOwnMachine = (url: string): boolean => /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);

function Pasted({ values }: { values: DialplanValues }) {
  const words = useWords(texts);
  const { file, text } = dialplanFor(values);
  return (
    <>
      <TextToCopy label={file} text={text} />
      {values.kind === 'asterisk' && <TextToCopy label={words.entry} text={entryLine} />}
      <Text size="sm">{words.after[values.kind]}</Text>
    </>
  );
}
