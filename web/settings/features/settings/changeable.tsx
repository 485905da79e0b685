import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface ChangeableParts {
  if: boolean;
  /** As wide as the page; else as wide as a form is read well. */
  isWide?: boolean;
  children: ReactNode;
}

/** A form; for whoever may not change it, everything in it is switched off. */
export function Changeable({ if: isChangeable, isWide = false, children }: ChangeableParts) {
  return (
    <fieldset disabled={!isChangeable} style={{ border: 'none', margin: 0, padding: 0, minWidth: 0 }}>
      <Stack maw={isWide ? undefined : 560}>{children}</Stack>
    </fieldset>
  );
}
