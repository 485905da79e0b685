import { TextInput, type TextInputProps } from '@mantine/core';

const dayMs = 86_400_000;
const two = (part: number) => String(part).padStart(2, '0');

/** As a field of the kind `date` has it: `2026-12-31`, in the browser's time zone. */
function dayOf(atMs: number): string {
  const date = new Date(atMs);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export const dayAhead = (days: number, fromMs = Date.now()): string => dayOf(fromMs + days * dayMs);

/** The end of a day, since one pays until a day and that day counts. @returns undefined if it is none */
export function endOfDayMs(day: string): number | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date || year < 2000 || year > 2099) return undefined;
  return new Date(year, month - 1, date, 23, 59, 59).getTime();
}

/** A day until which something holds, itself included. */
export function UntilField(parts: Omit<TextInputProps, 'type' | 'min' | 'max'>) {
  return <TextInput {...parts} type="date" min={dayOf(Date.now())} max="2099-12-31" maw={220} />;
}
