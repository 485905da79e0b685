import { Checkbox, NumberInput, Select, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { allFeatures, type Feature } from '../../../../proto/licence/feature.ts';
import { featureNames } from '../../../../proto/licence/words.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import type { Plan } from '../../app/api.ts';
import { purchaseTexts } from '../../ui/purchase-words.ts';
import { texts } from './words.ts';

export interface TermsValues {
  planId: string;
  seats: number | string;
  features: string[];
}

/** A trial is begun, never sold. */
export const soldPlans = (plans: readonly Plan[]): Plan[] => plans.filter(({ kind }) => kind !== 'trial');

export const seatsFault = (seats: number | string, fault: string): string | null =>
  Number.isInteger(seats) && Number(seats) >= 1 && Number(seats) <= 100_000 ? null : fault;

interface TermsFieldsParts<V extends TermsValues> {
  form: UseFormReturnType<V>;
  plans: Plan[];
  /** Another plan was chosen. */
  onPlan: (plan: Plan) => void;
}

/** What is sold: plan, seats, features. */
export function TermsFields<V extends TermsValues>({ form, plans, onPlan }: TermsFieldsParts<V>) {
  const words = useWords(texts);
  const { plan: nameOf } = useWords(purchaseTexts);
  const { language } = useLanguage();
  const choose = (id: string | null) => {
    const plan = plans.find((one) => one.id === id);
    if (plan) onPlan(plan);
  };
  return (
    <>
      <Select
        label={words.plan}
        data={soldPlans(plans).map((plan) => ({ value: plan.id, label: nameOf(plan) }))}
        allowDeselect={false}
        value={form.values.planId}
        onChange={choose}
      />
      <NumberInput
        label={words.seatCount}
        description={words.seatCountHint}
        min={1}
        max={100_000}
        allowDecimal={false}
        maw={220}
        {...form.getInputProps('seats')}
      />
      <Checkbox.Group label={words.features} {...form.getInputProps('features')}>
        <Stack gap="xs" mt="xs">
          {allFeatures.map((feature: Feature) => (
            <Checkbox key={feature} value={feature} label={featureNames[language][feature]} />
          ))}
        </Stack>
      </Checkbox.Group>
    </>
  );
}
