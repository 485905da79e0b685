import { Badge } from '@mantine/core';
import type { CallResult } from '../../../../proto/call.ts';
import { useWords } from '../../../kit/language.tsx';
import { callTexts, registrationColors, resultColors } from './call-words.ts';
import type { RegistrationState } from './calls.ts';

export function ResultBadge({ result }: { result: CallResult | null }) {
  const words = useWords(callTexts);
  return (
    <Badge variant="dot" color={result === null ? 'gray' : resultColors[result]}>
      {result === null ? words.goingOn : words.results[result]}
    </Badge>
  );
}

export function RegistrationBadge({ state }: { state: RegistrationState }) {
  const words = useWords(callTexts);
  return (
    <Badge variant="dot" color={registrationColors[state]}>
      {words.registrations[state]}
    </Badge>
  );
}
