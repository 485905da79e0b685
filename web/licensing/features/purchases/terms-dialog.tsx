import { Button, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { Feature } from '../../../../proto/licence/feature.ts';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api, type Plan, type Purchase } from '../../app/api.ts';
import { useDeed } from '../../ui/deed.ts';
import { plansQuery } from '../../ui/plans.ts';
import { seatsFault, TermsFields, type TermsValues } from './terms-fields.tsx';
import { texts } from './words.ts';

/** Other seats, features or plan; the key stays, and so does the term. */
export function TermsDialog({ purchase, onClose }: { purchase: Purchase; onClose: () => void }) {
  const words = useWords(texts);
  const plans = useQuery(plansQuery);
  return (
    <Modal opened onClose={onClose} title={words.termsTitle} size="lg">
      <Asked query={plans}>{(list) => <TermsForm purchase={purchase} plans={list} onClose={onClose} />}</Asked>
    </Modal>
  );
}

function TermsForm({ purchase, plans, onClose }: { purchase: Purchase; plans: Plan[]; onClose: () => void }) {
  const words = useWords(texts);
  const { id, planId, seats, features } = purchase;
  const form = useForm<TermsValues>({
    initialValues: { planId, seats, features },
    validate: { seats: (count) => seatsFault(count, words.seatsFault) },
  });
  const change = useDeed(
    ({ features: chosen, seats: count, planId: plan }: TermsValues) => {
      const body = { planId: plan, seats: Number(count), features: chosen as Feature[] };
      return bodyOf(api.PUT('/api/purchases/{id}/terms', { params: { path: { id } }, body }));
    },
    { said: words.termsChanged, onDone: onClose },
  );
  const choose = (plan: Plan) => form.setValues({ planId: plan.id, seats: plan.seats, features: plan.features });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <Stack>
        <Text size="sm">{words.termsAbout}</Text>
        <TermsFields form={form} plans={plans} onPlan={choose} />
        {change.isError && <Failure error={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {words.save}
        </Button>
      </Stack>
    </form>
  );
}
