import { Alert, Badge, Button, Card, Code, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { featureNames } from '../../../../proto/licence/words.ts';
import { bodyOf } from '../../../kit/api.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { api, type Purchase } from '../../app/api.ts';
import { useMay } from '../../app/may.ts';
import { usePlanName } from '../../ui/plans.ts';
import { purchaseTexts, stateColors } from '../../ui/purchase-words.ts';
import { Attempts } from './attempts.tsx';
import { type Deed, PurchaseDialogs } from './purchase-dialogs.tsx';
import { PurchaseState } from './purchase-state.tsx';
import { UsedOn } from './used-on.tsx';
import { texts } from './words.ts';

const purchaseQuery = (id: number) => ({
  queryKey: ['purchase', id],
  queryFn: () => bodyOf(api.GET('/api/purchases/{id}', { params: { path: { id } } })),
});

/** One purchase: what was bought, where it is used, and what can be done about it. */
export function PurchaseCard({ purchase }: { purchase: Purchase }) {
  const words = useWords(texts);
  const { states, seats } = useWords(purchaseTexts);
  const nameOf = usePlanName();
  const [deed, setDeed] = useState<Deed>();
  const { data } = useQuery(purchaseQuery(purchase.id));
  const attempts = data?.refusedAttempts ?? [];
  const name = `${nameOf(purchase.planId)}, ${seats(purchase.seats)}`;
  return (
    <Card withBorder component="section" aria-label={name} padding="lg">
      <Stack gap="md">
        <Group gap="sm">
          <Title order={3} size="h4">
            {name}
          </Title>
          <Badge color={stateColors[purchase.state]}>{states[purchase.state]}</Badge>
          {purchase.keyHint !== null && (
            <Text size="sm">
              {words.key} <Code>…{purchase.keyHint}</Code>
            </Text>
          )}
        </Group>
        <PurchaseState purchase={purchase} />
        <Features purchase={purchase} />
        <UsedOn purchase={purchase} />
        {attempts.length > 0 && <Attempts attempts={attempts} onMove={() => setDeed('move')} />}
        <Deeds purchase={purchase} onDeed={setDeed} />
        {deed && (
          <PurchaseDialogs purchase={purchase} attempts={attempts} deed={deed} onClose={() => setDeed(undefined)} />
        )}
      </Stack>
    </Card>
  );
}

function Features({ purchase: { features } }: { purchase: Purchase }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  if (features.length === 0) return <Alert color="orange">{words.noFeatures}</Alert>;
  return (
    <Text size="sm">
      <Text span inherit fw={600}>
        {words.features}:
      </Text>{' '}
      {features.map((feature) => featureNames[language][feature]).join(' · ')}
    </Text>
  );
}

/** What is done every month at once, the rest in a menu; what a role may not do is not there. */
function Deeds({ purchase, onDeed }: { purchase: Purchase; onDeed: (deed: Deed) => void }) {
  const words = useWords(texts);
  const may = useMay();
  const mayRevoke = may('revoke');
  const { state, paidUntilMs, installation } = purchase;
  const isRevoked = state === 'revoked';
  const item = (deed: Deed, label: string, color?: string) => (
    <Menu.Item key={deed} {...(color && { color })} onClick={() => onDeed(deed)}>
      {label}
    </Menu.Item>
  );
  return (
    <Group gap="xs">
      {isRevoked && mayRevoke && (
        <Button size="xs" onClick={() => onDeed('give-back')}>
          {words.giveBack}
        </Button>
      )}
      {!isRevoked && paidUntilMs !== null && (
        <>
          <Button size="xs" onClick={() => onDeed('extend')}>
            {words.extend}
          </Button>
          <Button size="xs" variant="light" onClick={() => onDeed('invoice')}>
            {words.invoice}
          </Button>
        </>
      )}
      {!isRevoked && (
        <Button size="xs" variant="light" onClick={() => onDeed('terms')}>
          {words.changeTerms}
        </Button>
      )}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default">
            {words.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {item('key', words.newKey)}
          {installation && item('release', words.release)}
          {item('move', words.moveTitle)}
          {may('correct-end') && paidUntilMs !== null && item('correct-end', words.correctEnd)}
          {mayRevoke && !isRevoked && item('revoke', words.revoke, 'red.9')}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
