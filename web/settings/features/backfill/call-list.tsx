import { Anchor, Card, Group, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from 'wouter';
import { backfillOutcome } from '../../../../proto/backfill.ts';
import { useWords } from '../../../kit/language.tsx';
import type { Account } from '../../app/account.ts';
import { useSentences } from '../../ui/sentences.ts';
import { callAddress } from '../journal/calls.ts';
import { InAmocrm } from '../journal/in-amocrm.tsx';
import type { BackfillCall } from './backfills.ts';
import { MomentThere } from './progress.tsx';
import { texts } from './words.ts';

interface CallListParts {
  account: Account;
  pbxId: string;
  calls: BackfillCall[];
}

/** What became of each call: a table, or on a narrow screen a list of cards. */
export function CallList(parts: CallListParts) {
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return isNarrow ? <CallCards {...parts} /> : <CallTable {...parts} />;
}

function CallTable({ account, pbxId, calls }: CallListParts) {
  const words = useWords(texts);
  return (
    <Table verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.when}</Table.Th>
          <Table.Th>{words.call}</Table.Th>
          <Table.Th>{words.became}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {calls.map((call) => (
          <Table.Tr key={call.linkedid}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              <When {...{ account, pbxId, call }} />
            </Table.Td>
            <Table.Td>
              <CallName {...{ account, pbxId, call }} />
            </Table.Td>
            <Table.Td>
              <Became {...{ account, pbxId, call }} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function CallCards({ account, pbxId, calls }: CallListParts) {
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {calls.map((call) => (
        <Card component="li" withBorder padding="sm" key={call.linkedid}>
          <Group justify="space-between">
            <CallName {...{ account, pbxId, call }} />
            <Text size="sm">
              <When {...{ account, pbxId, call }} />
            </Text>
          </Group>
          <Became {...{ account, pbxId, call }} />
        </Card>
      ))}
    </Stack>
  );
}

interface CallParts {
  account: Account;
  pbxId: string;
  call: BackfillCall;
}

/** By the clock of the PBX, as the period is. */
function When({ account, pbxId, call: { startedAtMs } }: CallParts) {
  const zone = account.pbxs.find(({ id }) => id === pbxId)?.timezone;
  return <MomentThere atMs={startedAtMs} zone={zone} />;
}

function CallName({ account, pbxId, call: { linkedid, registration } }: CallParts) {
  if (registration === null) return <Text size="sm">{linkedid}</Text>;
  return <JournalLink {...{ account, pbxId, linkedid }} />;
}

interface JournalLinkParts {
  account: Account;
  pbxId: string;
  linkedid: string;
  isInText?: boolean;
}

function JournalLink({ account, pbxId, linkedid, isInText = false }: JournalLinkParts) {
  return (
    <Anchor
      component={Link}
      {...(isInText ? { inherit: true } : { size: 'sm' })}
      href={callAddress(account.id, { pbx: pbxId, linkedid }, '')}
    >
      {linkedid}
    </Anchor>
  );
}

function Became({ account, pbxId, call: { fate, detail, registration, letGoAs } }: CallParts) {
  const words = useWords(texts);
  const say = useSentences();
  const standing = registration && <InAmocrm baseUrl={account.baseUrl} registration={registration} />;
  if (fate === 'joined') {
    return (
      <Text>
        {words.partOf} <JournalLink {...{ account, pbxId, linkedid: detail }} isInText />
      </Text>
    );
  }
  if (letGoAs !== null) return <Text>{words.letGo(words.outcomes[backfillOutcome(fate, letGoAs)])}</Text>;
  if (fate === 'not-told') return <Text>{words.notTold(say(detail))}</Text>;
  if (fate === 'told') return standing ?? <Text>{words.nothingTold}</Text>;
  return (
    <>
      <Text>{{ 'in-hand': words.inHand, left: words.left, 'under-way': words.underWay }[fate]}</Text>
      {standing}
    </>
  );
}
