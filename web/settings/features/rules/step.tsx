import { ActionIcon } from '@mantine/core';

interface StepParts {
  sign: string;
  label: string;
  isOff?: boolean;
  onClick: () => void;
}

/** A button of one sign. One that can do nothing keeps the focus of whoever has just used it. */
export function Step({ sign, label, isOff = false, onClick }: StepParts) {
  return (
    <ActionIcon
      variant="default"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      {...(isOff && { 'data-disabled': true })}
      onClick={() => !isOff && onClick()}
    >
      {sign}
    </ActionIcon>
  );
}
