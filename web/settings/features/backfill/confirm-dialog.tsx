import { Button, Group, List, Modal, Stack } from '@mantine/core';
import { useLocation } from 'wouter';
import type { BackfillOrder } from '../../../../proto/backfill.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import type { Account } from '../../app/account.ts';
import { backfillAddress, useBegin } from './backfills.ts';
import { Chosen } from './progress.tsx';
import { texts } from './words.ts';

interface ConfirmDialogParts {
  account: Account;
  order: BackfillOrder;
  zone: string;
  onClose: () => void;
}

/** Says what will happen, and begins once somebody is sure. */
export function ConfirmDialog({ account, order, zone, onClose }: ConfirmDialogParts) {
  const words = useWords(texts);
  const [, go] = useLocation();
  const begin = useBegin(account.id, ({ id }) => go(backfillAddress(account.id, id)));
  const { pbxId, choice, mode } = order;
  return (
    <Modal opened onClose={onClose} title={words.sureTitle}>
      <Stack>
        <List size="sm" spacing="xs">
          <List.Item>
            {words.pbx} {pbxId}: <Chosen choice={choice} zone={zone} /> ({zone})
          </List.Item>
          <List.Item>{mode.scope === 'records' ? words.sureRecords : words.sureEverything}</List.Item>
          <List.Item>{mode.leaveOthers ? words.sureLeave : words.sureTwice}</List.Item>
          <List.Item>{words.sureEnd}</List.Item>
        </List>
        {begin.isError && <Failure error={begin.error} />}
        <Group>
          <Button loading={begin.isPending} onClick={() => begin.mutate(order)}>
            {words.yes}
          </Button>
          <Button variant="default" onClick={onClose}>
            {words.no}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
