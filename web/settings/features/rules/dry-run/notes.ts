import type { AboutClient } from '../../../../../proto/client.ts';
import type { Deed } from './trial.ts';

/** What stands in the way of a deed, or what it hangs on. */
export type DeedNote =
  | 'client-there'
  | 'if-stranger'
  | 'lead-open'
  | 'if-no-lead'
  | 'by-incoming-lead'
  | 'nobody-to-put-it';

/**
 * What becomes of a deed by what amoCRM has of the client: more than one of each is never made.
 *
 * @param all of all moments of the call
 */
export function noteOn({ kind }: Deed, { client }: AboutClient, all: readonly Deed[]): DeedNote | undefined {
  const has = (...kinds: Deed['kind'][]) => all.some((deed) => kinds.includes(deed.kind));
  switch (kind) {
    case 'create-incoming-lead':
      return client ? 'client-there' : client === undefined ? 'if-stranger' : undefined;
    case 'create-contact':
      if (client) return 'client-there';
      if (has('create-incoming-lead') && has('register-call')) return 'by-incoming-lead';
      return client === undefined ? 'if-stranger' : undefined;
    case 'create-lead':
      if (client?.openLeadIds?.length) return 'lead-open';
      return client === null || client?.openLeadIds ? undefined : 'if-no-lead';
    case 'register-call': {
      const isClientMade = has('create-contact', 'create-lead', 'create-incoming-lead');
      return client === null && !isClientMade ? 'nobody-to-put-it' : undefined;
    }
    default:
      return undefined;
  }
}
