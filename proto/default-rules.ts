import type { Responsible, Rule } from './rule.ts';

/** Whoever knows most about the call; for one that nobody took, who should have. */
const whoKnows: Responsible[] = ['last-talked', 'first-rung'];

/** What a firm gets that has set nothing: cards for whose phones ring, every client's call registered. */
export const defaultRules: readonly Rule[] = [
  {
    id: 'card-while-ringing',
    name: 'Card for everybody whose phone rings',
    enabled: true,
    when: { phase: 'requested', direction: ['inbound'] },
    actions: [{ do: 'show-card' }],
  },
  {
    id: 'register-calls',
    name: 'Every call stands in the history of its client',
    enabled: true,
    when: { phase: 'call_ended', direction: ['inbound', 'outbound'] },
    actions: [{ do: 'register-call', responsible: whoKnows, ifUnknown: 'create-contact' }],
  },
];
