import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../../kit/language.tsx';
import { Day, Moment } from '../../../kit/moment.tsx';
import type { Purchase } from '../../app/api.ts';
import { purchaseTexts } from '../../ui/purchase-words.ts';
import { texts } from './words.ts';

const dayMs = 86_400_000;
const soonDays = 14;

/** How a purchase stands, in a sentence, with what becomes of it. */
export function PurchaseState({ purchase }: { purchase: Purchase }) {
  const words = useWords(texts);
  const { daysLeft } = useWords(purchaseTexts);
  const { state, paidUntilMs, invoiceUntilMs, graceUntilMs } = purchase;
  const paid = paidUntilMs !== null && <Day atMs={paidUntilMs} />;
  const grace = graceUntilMs !== null && <Moment atMs={graceUntilMs} />;
  const left = paidUntilMs === null ? Number.POSITIVE_INFINITY : Math.ceil((paidUntilMs - Date.now()) / dayMs);
  const told: Record<Purchase['state'], ReactNode> = {
    active:
      paidUntilMs === null ? (
        words.noEnd
      ) : (
        <>
          {words.paidUntil} {paid}
          {left <= soonDays && ` — ${daysLeft(left)}`}.
        </>
      ),
    'invoice-pending': (
      <>
        {words.paidUntil} {paid}. {words.invoiceUntil} {invoiceUntilMs !== null && <Day atMs={invoiceUntilMs} />}.
      </>
    ),
    grace: (
      <>
        {words.ended} {paid}. {words.graceUntil} {grace}, {words.thenFree}
      </>
    ),
    over: (
      <>
        {words.ended} {paid}. {words.nowFree}
      </>
    ),
    revoked: words.isRevoked,
  };
  return <Text>{told[state]}</Text>;
}
