import type { ReactNode } from 'react';
import { FaultTeller } from '../../kit/failure.tsx';
import { useWords } from '../../kit/language.tsx';
import { faultInWords, faultTexts, placedFault } from './fault-words.ts';
import { sectionNames } from './section-names.ts';
import { useSentences } from './sentences.ts';

/** Faults of the settings are told in the words of the pages. */
export function FaultsInWords({ children }: { children: ReactNode }) {
  return <FaultTeller.Provider value={useFaults()}>{children}</FaultTeller.Provider>;
}

/** A fault with the section of the settings that it is in, or what a part of Ringflow says of another. */
function useFaults(): (fault: string) => string {
  const words = useWords(faultTexts);
  const names = useWords(sectionNames);
  const say = useSentences();
  return (fault) => {
    const placed = placedFault(fault);
    const [section = '', ...within] = placed?.place.split('/') ?? [];
    const name = names[section as keyof typeof names];
    if (!placed || !name) return say(fault);
    const place = [name.charAt(0).toUpperCase() + name.slice(1), ...within].join(' / ');
    return `${place}: ${faultInWords(placed, words)}`;
  };
}
