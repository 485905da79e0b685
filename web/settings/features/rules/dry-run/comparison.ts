import type { Deed } from './trial.ts';

export type Difference = 'gone' | 'new' | 'otherwise';

/** A deed on one side, and whether the other side differs from it. */
export interface ComparedDeed {
  deed: Deed;
  difference: Difference | undefined;
}

/** What the edited rules would do otherwise than the saved ones; by which rule does not matter. */
export function compare(saved: readonly Deed[], edited: readonly Deed[]): Record<'saved' | 'edited', ComparedDeed[]> {
  const side = (own: readonly Deed[], others: readonly Deed[], alone: 'gone' | 'new') =>
    own.map((deed): ComparedDeed => {
      const other = others.find(({ key }) => key === deed.key);
      if (!other) return { deed, difference: alone };
      const isSame = JSON.stringify(other.outcome) === JSON.stringify(deed.outcome);
      return { deed, difference: isSame ? undefined : 'otherwise' };
    });
  return { saved: side(saved, edited, 'gone'), edited: side(edited, saved, 'new') };
}
