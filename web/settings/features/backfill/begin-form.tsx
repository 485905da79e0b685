import { Button, Card, Group, Radio, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { BackfillMode, BackfillOrder } from '../../../../proto/backfill.ts';
import { useWords } from '../../../kit/language.tsx';
import type { Account } from '../../app/account.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { type PeriodValues, periodOf, quickPeriod } from './period.ts';
import { texts } from './words.ts';

/** Which calls are to be brought, and how. @param pbxs of the account, one at least */
export function BeginForm({ account }: { account: Account }) {
  const words = useWords(texts);
  const [pbxId, setPbx] = useState(account.pbxs[0]?.id ?? '');
  const zone = account.pbxs.find(({ id }) => id === pbxId)?.timezone ?? 'UTC';
  const [values, setValues] = useState(() => quickPeriod('week', zone, Date.now()));
  const [mode, setMode] = useState<BackfillMode>({ scope: 'records', leaveOthers: false });
  const [isAsked, { open, close }] = useDisclosure();
  const period = periodOf(values, zone, Date.now());
  const order: BackfillOrder | undefined = period && { pbxId, choice: { period }, mode };
  return (
    <Card withBorder component="section" aria-label={words.bring}>
      <Stack>
        <Title order={3} size="h4">
          {words.bring}
        </Title>
        {account.pbxs.length > 1 && (
          <Select
            label={words.pbx}
            data={account.pbxs.map(({ id }) => id)}
            value={pbxId}
            allowDeselect={false}
            maw={320}
            onChange={(id) => setPbx(id ?? '')}
          />
        )}
        <PeriodFields values={values} zone={zone} isUsable={period !== undefined} onChange={setValues} />
        <ModeFields mode={mode} onChange={setMode} />
        <Group>
          <Button disabled={!order} onClick={open}>
            {words.begin}
          </Button>
        </Group>
      </Stack>
      {isAsked && order && <ConfirmDialog account={account} order={order} zone={zone} onClose={close} />}
    </Card>
  );
}

interface PeriodFieldsParts {
  values: PeriodValues;
  zone: string;
  isUsable: boolean;
  onChange: (values: PeriodValues) => void;
}

function PeriodFields({ values, zone, isUsable, onChange }: PeriodFieldsParts) {
  const words = useWords(texts);
  const edge = (name: 'from' | 'to') => (
    <TextInput
      type="datetime-local"
      label={words[name]}
      value={values[name]}
      onChange={({ currentTarget }) => onChange({ ...values, [name]: currentTarget.value })}
    />
  );
  return (
    <Stack gap="xs">
      <Group gap="xs" role="group" aria-label={words.quick}>
        {(['yesterday', 'week', 'month'] as const).map((choice) => {
          const quick = quickPeriod(choice, zone, Date.now());
          const isChosen = quick.from === values.from && quick.to.slice(0, 10) === values.to.slice(0, 10);
          return (
            <Button
              key={choice}
              variant={isChosen ? 'light' : 'default'}
              aria-pressed={isChosen}
              onClick={() => onChange(quick)}
            >
              {words.choices[choice]}
            </Button>
          );
        })}
      </Group>
      <Group gap="xs" align="flex-end">
        {edge('from')}
        {edge('to')}
      </Group>
      <Text size="sm" c={isUsable ? 'dimmed' : 'red.9'} role="status">
        {isUsable ? words.clock(zone) : words.periodFault}
      </Text>
    </Stack>
  );
}

function ModeFields({ mode, onChange }: { mode: BackfillMode; onChange: (mode: BackfillMode) => void }) {
  const words = useWords(texts);
  return (
    <>
      <Radio.Group
        label={words.scope}
        value={mode.scope}
        onChange={(scope) => onChange({ ...mode, scope: scope as BackfillMode['scope'] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="records" label={words.records} description={words.recordsMeans} />
          <Radio value="everything" label={words.everything} description={words.everythingMeans} />
        </Stack>
      </Radio.Group>
      <Switch
        label={words.leaveOthers}
        description={words.leaveOthersMeans}
        checked={mode.leaveOthers}
        onChange={({ currentTarget }) => onChange({ ...mode, leaveOthers: currentTarget.checked })}
      />
    </>
  );
}
