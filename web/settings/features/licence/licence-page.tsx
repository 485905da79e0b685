import { Alert, Anchor, Badge, Card, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { warning } from '../../../../proto/state/finding.ts';
import { tellFinding } from '../../../../proto/state/words.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { useAccount } from '../../app/account.ts';
import { FeatureList } from './feature-list.tsx';
import { HeldBackCard } from './held-back-card.tsx';
import { KeyCard } from './key-card.tsx';
import { type LicenceAnswer, licenceQuery } from './licence.ts';
import { Offline } from './offline.tsx';
import { SeatList } from './seat-list.tsx';
import { standingColor, tellStanding } from './standing-words.ts';
import { TalkCard } from './talk-card.tsx';
import { texts } from './words.ts';

/** A trial begins and a check ends while the page is looked at. */
const changesAfterMs = 5_000;

/** What the installation has, what is used of it, and what to do. */
export default function LicencePage() {
  const words = useWords(texts);
  const { role } = useUser();
  const licence = useQuery({ ...licenceQuery, enabled: role !== 'head', refetchInterval: changesAfterMs });
  if (role === 'head') return <EmptyState title={words.notYours} text={words.notYoursText} />;
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={licence}>{(answer) => <Whole licence={answer} isAdmin={role === 'admin'} />}</Asked>
    </Page>
  );
}

function Whole({ licence, isAdmin }: { licence: LicenceAnswer; isAdmin: boolean }) {
  const { accounts } = useAccount();
  return (
    <Stack gap="lg">
      <Standing licence={licence} />
      <Warnings licence={licence} />
      {isAdmin && accounts.map(({ id }) => <HeldBackCard key={id} account={id} />)}
      {isAdmin && <KeyCard licence={licence} />}
      <TalkCard licence={licence} isAdmin={isAdmin} />
      <FeatureList licence={licence} />
      <SeatList licence={licence} />
      {isAdmin && <Offline licence={licence} />}
    </Stack>
  );
}

function Standing({ licence }: { licence: LicenceAnswer }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const { standing, permit, installation } = licence;
  const { title, text } = tellStanding(licence, language);
  return (
    <Card withBorder component="section" aria-label={words.standing} padding="lg">
      <Stack gap="xs">
        <Group gap="sm">
          <Badge color={`${standingColor(standing)}.9`} size="lg">
            {words.states[standing.state]}
          </Badge>
          <Title order={3} size="h4">
            {title}
          </Title>
        </Group>
        <Text>{text}</Text>
        {standing.reason !== null && (
          <Text fw={600} role="note">
            {words.remedies[standing.reason]}
          </Text>
        )}
        <Facts permit={permit} seats={standing.seats} installation={installation} />
      </Stack>
    </Card>
  );
}

type FactsParts = Pick<LicenceAnswer, 'permit' | 'installation'> & { seats: number };

function Facts({ permit, seats, installation }: FactsParts) {
  const words = useWords(texts);
  const facts: [string, React.ReactNode][] = [
    ...(permit && permit.plan !== '' ? ([[words.plan, permit.plan]] as [string, React.ReactNode][]) : []),
    ...(permit && permit.customer !== '' ? ([[words.customer, permit.customer]] as [string, React.ReactNode][]) : []),
    [words.seats, seats],
    ...(permit?.keyHint
      ? ([[words.key, <Code key="key">…{permit.keyHint}</Code>]] as [string, React.ReactNode][])
      : []),
    [
      words.installation,
      <Code key="installation" style={{ overflowWrap: 'anywhere' }}>
        {installation}
      </Code>,
    ],
  ];
  return (
    <Table variant="vertical" layout="auto" withRowBorders={false} verticalSpacing={4}>
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w={150} style={{ background: 'none' }} pl={0}>
              {name}
            </Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What of the machine itself is in the way. */
function Warnings({ licence: { hasRootKey, hasServer, clockBehindMs, permit } }: { licence: LicenceAnswer }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const twin = tellFinding(warning('licence-twin'), language);
  return (
    <>
      {!hasRootKey && (
        <Alert color="red" title={words.noRootKey}>
          {words.noRootKeyText}
        </Alert>
      )}
      {hasRootKey && !hasServer && (
        <Alert color="blue" title={words.noServer}>
          {words.noServerText}{' '}
          <Anchor href="#offline" inherit c="inherit" td="underline">
            {words.offline}
          </Anchor>
        </Alert>
      )}
      {permit?.isTwin && (
        <Alert color="orange" title={twin.title}>
          {twin.whatToDo}
        </Alert>
      )}
      {clockBehindMs > 0 && (
        <Alert color="orange" title={words.clockBehind(clockBehindMs)}>
          {words.clockBehindText}
        </Alert>
      )}
    </>
  );
}
