import type { Responsible, Rule } from './rule.ts';

/** Whoever knows most about the call; for one that nobody took, who should have; else whose number it is. */
const whoKnows: Responsible[] = ['last-talked', 'first-rung', 'by-number'];

/** What calls carry that began before there were rules, and do as they began. */
export const firstRules: readonly Rule[] = [
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
    actions: [
      { do: 'register-call', responsible: whoKnows },
      { do: 'create-contact', responsible: whoKnows, name: '{{phone}}' },
    ],
  },
];

/** What a firm gets that has set nothing: cards, every client's call registered, nobody who called in vain forgotten. */
export const defaultRules: readonly Rule[] = [
  ...firstRules,
  {
    id: 'task-for-missed',
    name: 'Call back whoever called in vain',
    enabled: true,
    when: { phase: 'call_ended', direction: ['inbound'], result: ['missed', 'busy', 'voicemail'] },
    actions: [{ do: 'create-task', responsible: whoKnows, text: '{{phone}}: {{callResult}}', dueMinutes: 60 }],
  },
  {
    id: 'task-done-by-talk',
    name: 'Whoever was talked with need not be called back',
    enabled: true,
    when: { phase: 'call_ended', direction: ['inbound', 'outbound'], result: ['answered'] },
    actions: [{ do: 'complete-task' }],
  },
];
