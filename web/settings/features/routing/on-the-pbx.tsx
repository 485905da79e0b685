import { SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../../kit/language.tsx';
import type { DialplanValues } from './dialplan.ts';
import { DialplanCard } from './dialplan-card.tsx';
import { texts } from './words.ts';

/** What is pasted on the PBX so that it asks. */
export function OnThePbx({ accountId, pbxId }: { accountId: string; pbxId: string }) {
  const words = useWords(texts);
  const [kind, setKind] = useState<DialplanValues['kind']>('freepbx');
  return (
    <Stack component="section" aria-labelledby="on-the-pbx" gap="sm" maw={760}>
      <div>
        <Title order={3} size="h4" id="on-the-pbx">
          {words.onThePbx}
        </Title>
        <Text size="sm">{words.onThePbxAbout}</Text>
      </div>
      <SegmentedControl
        aria-label={words.kind}
        data={[
          { value: 'freepbx', label: 'FreePBX' },
          { value: 'asterisk', label: 'Asterisk' },
        ]}
        value={kind}
        onChange={(chosen) => setKind(chosen as DialplanValues['kind'])}
        style={{ alignSelf: 'flex-start' }}
      />
      <DialplanCard key={kind} accountId={accountId} pbxId={pbxId} kind={kind} />
    </Stack>
  );
}
