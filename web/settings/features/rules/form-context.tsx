import { Text } from '@mantine/core';
import { createContext, useContext } from 'react';
import type { Case } from '../../../../workflows/call/decide/case.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { faultInWords, faultTexts } from '../../ui/fault-words.ts';
import { faultsAt, type RuleFault } from './faults.ts';
import type { Names } from './names.ts';
import { sampleCase } from './sample-case.ts';

interface RuleFormContext {
  names: Names;
  /** Of the rule that is edited. */
  faults: readonly RuleFault[];
  /** The call on which texts are shown; undefined: a sample. */
  chosen: Case | undefined;
}

const Context = createContext<RuleFormContext | undefined>(undefined);

/** What all fields of a rule need. */
export const RuleFormProvider = Context.Provider;

function useRuleForm(): RuleFormContext {
  const context = useContext(Context);
  if (!context) throw new Error('There is no rule around this field.');
  return context;
}

export const useNamesOfForm = (): Names => useRuleForm().names;

export function usePreviewCase(): Case {
  const { language } = useLanguage();
  return useRuleForm().chosen ?? sampleCase(language);
}

/** What is wrong at a place of the rule, for a field's `error`; undefined: nothing. */
export function useFault(place: string): string | undefined {
  const { faults } = useRuleForm();
  const words = useWords(faultTexts);
  const said = faultsAt(faults, place).map((fault) => faultInWords(fault, words));
  return said.length > 0 ? [...new Set(said)].join(' ') : undefined;
}

/** What is wrong with exactly this, and not with a field in it. */
export function FaultsOf({ place }: { place: string }) {
  const { faults } = useRuleForm();
  const words = useWords(faultTexts);
  return faults
    .filter((fault) => fault.place === place)
    .map((fault) => (
      <Text key={fault.sentence} size="sm" c="var(--mantine-color-error)" role="alert">
        {faultInWords(fault, words)}
      </Text>
    ));
}
