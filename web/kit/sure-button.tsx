import { Button } from '@mantine/core';
import { useState } from 'react';

interface SureButtonParts {
  label: string;
  /** What it asks when it was pressed once. */
  sure: string;
  isBusy: boolean;
  onSure: () => void;
}

/** For what can't be undone: asks once more. */
export function SureButton({ label, sure, isBusy, onSure }: SureButtonParts) {
  const [isAsked, setAsked] = useState(false);
  return (
    <Button color="red" variant="light" loading={isBusy} onClick={isAsked ? onSure : () => setAsked(true)}>
      {isAsked ? sure : label}
    </Button>
  );
}
