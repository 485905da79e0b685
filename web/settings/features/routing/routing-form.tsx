import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { useCatalogue } from '../employees/catalogue.ts';
import { seenQuery } from '../numbers/ours/seen.ts';
import { Changeable } from '../settings/changeable.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import type { PresentSettings } from '../settings/settings.ts';
import { useSectionForm } from '../settings/use-section-form.ts';
import { RoutingFields } from './routing-fields.tsx';
import { isComplete, routingOf, withRouting } from './routing-values.ts';
import { TryNumber } from './try-number.tsx';
import { texts } from './words.ts';

interface RoutingFormParts {
  account: Account;
  pbxId: string;
  present: PresentSettings;
}

/** Whom a PBX is to ring, with a try of what stands there, saved or not. */
export function RoutingForm({ account, pbxId, present }: RoutingFormParts) {
  const words = useWords(texts);
  const mayChange = useUser().role === 'admin';
  const { catalogue } = useCatalogue(account.id, mayChange && account.state === 'connected');
  const { data: seen = [] } = useQuery(seenQuery(account.id));
  const { form, bar } = useSectionForm(present, ({ settings }) => ({ routing: settings.routing ?? {} }));
  const { routing } = form.values;
  const own = routingOf(routing, pbxId);
  const dids = seen.filter((number) => number.kind === 'did' && number.pbxId === pbxId).map(({ key }) => key);
  return (
    <>
      <Changeable if={mayChange}>
        <RoutingFields
          routing={own}
          dids={dids}
          users={catalogue.data?.users ?? []}
          calendars={present.settings.calendars}
          onChange={(changes) => form.setValues((now) => ({ routing: withRouting(now.routing ?? {}, pbxId, changes) }))}
        />
        {mayChange && (
          <SaveBar
            {...bar}
            accountId={account.id}
            holds={words.holds}
            sections={form.isDirty() ? { routing } : undefined}
            isUsable={Object.values(routing).every(isComplete)}
          />
        )}
      </Changeable>
      {mayChange && <TryNumber key={pbxId} accountId={account.id} pbxId={pbxId} routing={own} dids={dids} />}
    </>
  );
}
