import { Button, Modal, Stack, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Feature } from '../../../../proto/licence/feature.ts';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api, type Plan } from '../../app/api.ts';
import { useDeed } from '../../ui/deed.ts';
import { plansQuery } from '../../ui/plans.ts';
import { dayAhead, endOfDayMs, UntilField } from '../../ui/until-field.tsx';
import { KeyOnce } from './key-once.tsx';
import { seatsFault, soldPlans, TermsFields, type TermsValues } from './terms-fields.tsx';
import { texts } from './words.ts';

/** Sells a licence; its key is shown this once. */
export function SellDialog({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const words = useWords(texts);
  const plans = useQuery(plansQuery);
  const [key, setKey] = useState<string>();
  return (
    <Modal
      opened
      onClose={onClose}
      title={key ? words.keyTitle : words.sellTitle}
      size="lg"
      closeOnClickOutside={!key}
      closeOnEscape={!key}
    >
      {key ? (
        <KeyOnce licenceKey={key} onClose={onClose} />
      ) : (
        <Asked query={plans}>{(list) => <SellForm customerId={customerId} plans={list} onKey={setKey} />}</Asked>
      )}
    </Modal>
  );
}

interface SellValues extends TermsValues {
  hasEnd: boolean;
  until: string;
}

interface SellFormParts {
  customerId: number;
  plans: Plan[];
  onKey: (key: string) => void;
}

const valuesOf = ({ id, seats, features, termDays }: Plan): SellValues => ({
  ...{ planId: id, seats, features, hasEnd: termDays !== null, until: dayAhead(termDays ?? 365) },
});

function SellForm({ customerId, plans, onKey }: SellFormParts) {
  const words = useWords(texts);
  const usual = plans.find(({ kind }) => kind === 'paid') ?? (soldPlans(plans)[0] as Plan);
  const form = useForm<SellValues>({
    initialValues: valuesOf(usual),
    validate: {
      seats: (seats) => seatsFault(seats, words.seatsFault),
      until: (until, { hasEnd }) => (!hasEnd || (endOfDayMs(until) ?? 0) > Date.now() ? null : words.untilFault),
    },
  });
  const chosen = plans.find(({ id }) => id === form.values.planId) ?? usual;
  const sell = useDeed(
    ({ planId, seats, features, hasEnd, until }: SellValues) => {
      const untilMs = hasEnd ? endOfDayMs(until) : undefined;
      const body = { planId, seats: Number(seats), features: features as Feature[], ...(untilMs && { untilMs }) };
      return bodyOf(api.POST('/api/customers/{id}/purchases', { params: { path: { id: customerId } }, body }));
    },
    { onDone: ({ key }) => onKey(key) },
  );
  return (
    <form onSubmit={form.onSubmit((values) => sell.mutate(values))} noValidate>
      <Stack>
        <TermsFields form={form} plans={plans} onPlan={(plan) => form.setValues(valuesOf(plan))} />
        {chosen.termDays === null && (
          <Switch label={words.hasEnd} {...form.getInputProps('hasEnd', { type: 'checkbox' })} />
        )}
        {form.values.hasEnd && <UntilField label={words.until} required {...form.getInputProps('until')} />}
        {sell.isError && <Failure error={sell.error} />}
        <Button type="submit" loading={sell.isPending}>
          {words.sellNow}
        </Button>
      </Stack>
    </form>
  );
}
