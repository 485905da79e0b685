import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { type Account, addressOf } from '../../app/account.ts';

/** Calls that were chosen on another page: they travel in the browser's history, for an address can't hold so many. */
export interface ChosenElsewhere {
  pbxId: string;
  linkedids: string[];
}

/** Leads to the page that brings these calls, with them filled in. */
export function BringThese({ account, label, ...chosen }: ChosenElsewhere & { account: Account; label: string }) {
  const state: { chosen: ChosenElsewhere } = { chosen };
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link {...props} href={addressOf(account.id, 'backfill')} state={state} />}
    >
      {label}
    </Button>
  );
}
