import { utcMsToPbxTime } from '../../../../../proto/pbx-time.ts';
import type { RuleCondition } from '../../../../../proto/rule.ts';
import type { Case } from '../../../../../workflows/call/decide/case.ts';
import { type ConditionName, extensionsOf, wasLostInIvr } from '../../../../../workflows/call/decide/matching.ts';
import { numberOf } from '../../../../../workflows/call/decide/number.ts';
import type { Words } from '../../../../kit/language.tsx';
import { readablePhone } from '../../../ui/phone.ts';
import { callTexts } from '../../journal/call-words.ts';
import { type Names, namedOf } from '../names.ts';

type ActualTexts = { [C in ConditionName]: (of: Case, names: Names, wanted: RuleCondition) => string };

const listed = (items: readonly string[], none: string) => items.join(', ') || none;
/** By the clock of the office that was asked for. */
function startOf(of: Case, { calendar }: Pick<RuleCondition, 'calendar'> = {}): string {
  const { call, settings } = of;
  const { calendars = [], pbx } = settings;
  const asked = calendar?.id ?? numberOf(of).calendar;
  const office = calendars.find(({ id }) => id === asked);
  return utcMsToPbxTime(call.startedAtMs, office?.timezone ?? pbx.timezone).slice(0, 16);
}

/** What a call is like where a condition wanted something else. */
export const actualTexts: Words<ActualTexts> = {
  ru: {
    direction: ({ call }) => (call.direction === null ? 'не известно' : callTexts.ru.directions[call.direction]),
    result: ({ call }) => (call.result === null ? 'ещё не известно' : callTexts.ru.results[call.result]),
    clientKnown: ({ about: { client } }) =>
      client === undefined ? 'не известно' : client === null ? 'клиента нет в amoCRM' : 'клиент есть в amoCRM',
    dids: ({ call }) => (call.did === null ? 'номер не известен' : readablePhone(call.did)),
    trunks: ({ call }) => call.trunk ?? 'транк не известен',
    queues: ({ call }) => listed(call.queues ?? [], 'без очереди'),
    extensions: ({ call }) => listed([...new Set(extensionsOf(call))].filter(Boolean), 'никто'),
    waitedSeconds: ({ call }) => `${Math.round(call.waitSeconds)} с`,
    talkedSeconds: ({ call }) => `${Math.round(call.talkSeconds)} с`,
    lostInIvr: ({ call }) => (wasLostInIvr(call) ? 'потерян в меню' : 'не потерян в меню'),
    inLists: ({ about }, { lists }) =>
      listed(
        about.lists.map((id) => namedOf(lists, id)),
        'ни в одном',
      ),
    notInLists: ({ about }, { lists }) =>
      listed(
        about.lists.map((id) => namedOf(lists, id)),
        'ни в одном',
      ),
    calendar: (of, _, wanted) => `начался ${startOf(of, wanted)}`,
    hours: (of) => (numberOf(of).calendar === undefined ? 'у номера нет расписания' : `начался ${startOf(of)}`),
  },
  en: {
    direction: ({ call }) => (call.direction === null ? 'not known' : callTexts.en.directions[call.direction]),
    result: ({ call }) => (call.result === null ? 'not known yet' : callTexts.en.results[call.result]),
    clientKnown: ({ about: { client } }) =>
      client === undefined ? 'not known' : client === null ? 'not in amoCRM' : 'in amoCRM',
    dids: ({ call }) => (call.did === null ? 'not known' : readablePhone(call.did)),
    trunks: ({ call }) => call.trunk ?? 'not known',
    queues: ({ call }) => listed(call.queues ?? [], 'no queue'),
    extensions: ({ call }) => listed([...new Set(extensionsOf(call))].filter(Boolean), 'nobody'),
    waitedSeconds: ({ call }) => `${Math.round(call.waitSeconds)} s`,
    talkedSeconds: ({ call }) => `${Math.round(call.talkSeconds)} s`,
    lostInIvr: ({ call }) => (wasLostInIvr(call) ? 'lost in the menu' : 'not lost in the menu'),
    inLists: ({ about }, { lists }) =>
      listed(
        about.lists.map((id) => namedOf(lists, id)),
        'on none',
      ),
    notInLists: ({ about }, { lists }) =>
      listed(
        about.lists.map((id) => namedOf(lists, id)),
        'on none',
      ),
    calendar: (of, _, wanted) => `began ${startOf(of, wanted)}`,
    hours: (of) => (numberOf(of).calendar === undefined ? 'the number has no hours' : `began ${startOf(of)}`),
  },
};
