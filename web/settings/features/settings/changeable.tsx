import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** A form; for whoever may not change it, everything in it is switched off. */
export function Changeable({ if: isChangeable, children }: { if: boolean; children: ReactNode }) {
  return (
    <fieldset disabled={!isChangeable} style={{ border: 'none', margin: 0, padding: 0, minWidth: 0 }}>
      <Stack maw={560}>{children}</Stack>
    </fieldset>
  );
}
