import type { ReactNode } from 'react';
import type { Responsible } from '../../../../../proto/rule.ts';
import type { ActionOf } from '../../../../../workflows/call/decide/matching.ts';
import { StageChoice } from '../amocrm-choice.tsx';
import type { Names } from '../names.ts';
import {
  Deadline,
  HookChoice,
  Name,
  Owners,
  Source,
  Stage,
  Tags,
  Text,
  WhereItStands,
  Whose,
} from './action-fields.tsx';
import type { ActionKind } from './action-words.ts';

interface FieldsParts<K extends ActionKind> {
  action: ActionOf<K>;
  /** Of the action in its rule. */
  place: string;
  onChange: (action: ActionOf<K>) => void;
}

interface ActionForm<K extends ActionKind> {
  /** As it is added; undefined: nothing is there that it could name. */
  initial(names: Names): ActionOf<K> | undefined;
  Fields(parts: FieldsParts<K>): ReactNode;
}

const whoKnows: Responsible[] = ['last-talked', 'first-rung'];
const phone = '{{phone}}';

/** How each action is filled in: one entry for each. */
export const actionForms: { [K in ActionKind]: ActionForm<K> } = {
  'show-card': { initial: () => ({ do: 'show-card' }), Fields: () => null },
  'register-call': {
    initial: () => ({ do: 'register-call', responsible: [...whoKnows] }),
    Fields: (parts) => (
      <>
        <Owners {...parts} />
        <WhereItStands {...parts} />
      </>
    ),
  },
  'create-contact': {
    initial: () => ({ do: 'create-contact', responsible: [...whoKnows], name: phone }),
    Fields: (parts) => (
      <>
        <Name {...parts} />
        <Owners {...parts} />
      </>
    ),
  },
  'create-lead': {
    initial: () => ({ do: 'create-lead', responsible: [...whoKnows], name: phone }),
    Fields: (parts) => (
      <>
        <Name {...parts} />
        <Stage {...parts} />
        <Tags {...parts} isOptional />
        <Source {...parts} />
        <Owners {...parts} />
      </>
    ),
  },
  'create-incoming-lead': {
    initial: () => ({ do: 'create-incoming-lead', responsible: [...whoKnows], name: phone }),
    Fields: (parts) => (
      <>
        <Name {...parts} />
        <Stage {...parts} />
        <Tags {...parts} isOptional />
        <Owners {...parts} />
      </>
    ),
  },
  'set-responsible': {
    initial: () => ({ do: 'set-responsible', responsible: ['last-talked'], of: 'client' }),
    Fields: ({ action, ...parts }) => (
      <>
        <Whose value={action.of} onChange={(of) => parts.onChange({ ...action, of })} />
        <Owners action={action} {...parts} />
      </>
    ),
  },
  'add-tags': {
    initial: () => ({ do: 'add-tags', tags: [], to: 'client' }),
    Fields: ({ action, ...parts }) => (
      <>
        <Tags action={action} {...parts} />
        <Whose value={action.to} onChange={(to) => parts.onChange({ ...action, to })} />
      </>
    ),
  },
  'change-status': {
    initial: () => ({ do: 'change-status', pipelineId: 0, statusId: 0 }),
    Fields: ({ action, place, onChange }) => (
      <StageChoice
        {...action}
        isOptional={false}
        place={place}
        onChange={({ pipelineId = 0, statusId = 0 }) => onChange({ ...action, pipelineId, statusId })}
      />
    ),
  },
  'create-task': {
    initial: () => ({ do: 'create-task', responsible: ['clients-own', ...whoKnows], text: phone, dueMinutes: 60 }),
    Fields: (parts) => (
      <>
        <Text {...parts} />
        <Deadline {...parts} />
        <Owners {...parts} />
      </>
    ),
  },
  'complete-task': { initial: () => ({ do: 'complete-task' }), Fields: () => null },
  'call-hook': {
    initial: ({ hooks: [first] }) => first && { do: 'call-hook', hook: first.id },
    Fields: (parts) => <HookChoice {...parts} />,
  },
};
