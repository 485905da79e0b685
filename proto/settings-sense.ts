import type { AccountSettings } from './account-settings.ts';
import type { Calendar } from './calendar.ts';
import { isAsDialled, lacksCountryCode } from './listed-number.ts';
import type { OurNumber } from './our-number.ts';
import type { Responsible, Rule, RuleCondition } from './rule.ts';

/** What has the right form and would still never do what is meant, each with where it is and what to do. */
export function senselessSettings(settings: AccountSettings): string[] {
  return [
    ...settings.rules.flatMap((rule, index) => [
      ...emptyRanges(rule.when, `/rules/${index}/when`),
      ...emptyChoices(rule.when, `/rules/${index}/when`),
      ...earlyResult(rule.when, `/rules/${index}/when`),
      ...unreadableDids(rule, `/rules/${index}`),
      ...stagesWithoutPipeline(rule, `/rules/${index}/actions`),
      ...givenToNobody(rule, `/rules/${index}/actions`),
      ...addsNothing(rule, `/rules/${index}/actions`),
      ...neverOpen(rule.when, settings.calendars, `/rules/${index}/when`),
      ...hoursOfNobody(rule.when, settings, `/rules/${index}/when`),
    ]),
    ...Object.entries(settings.numbers ?? {}).flatMap(([key, number]) => [
      ...stageWithoutPipeline(number, `/numbers/${key}`),
      ...unreadableDid(key, `/numbers/${key}`),
    ]),
    ...settings.calendars.flatMap((calendar, index) => impossibleTimes(calendar, `/calendars/${index}`)),
    ...numbersAsDialled(settings),
  ];
}

function impossibleTimes({ week, days }: Calendar, where: string): string[] {
  const all = [
    ...week.map((hours, day) => ({ hours, at: `${where}/week/${day}` })),
    ...Object.entries(days).map(([date, hours]) => ({ hours, at: `${where}/days/${date}` })),
  ];
  const noDates = Object.keys(days).filter((date) => new Date(`${date}T00:00Z`).toJSON()?.slice(0, 10) !== date);
  return [
    ...all
      .filter(({ hours }) => hours.some(({ from, to }) => from >= to))
      .map(
        ({ at }) => `${at}: ends before it begins; what goes over midnight is until 24:00 and from 00:00 the next day`,
      ),
    ...noDates.map((date) => `${where}/days/${date}: there is no such day`),
  ];
}

function emptyRanges(when: RuleCondition, where: string): string[] {
  return (['waitedSeconds', 'talkedSeconds'] as const).flatMap((name) => {
    const { from = 0, below = Number.POSITIVE_INFINITY } = when[name] ?? {};
    return from < below ? [] : [`${where}/${name}: nothing is at least ${from} and below ${below}; make below greater`];
  });
}

function emptyChoices(when: RuleCondition, where: string): string[] {
  return (['dids', 'trunks', 'queues', 'extensions'] as const).flatMap((name) =>
    when[name]?.length === 0 ? [`${where}/${name}: names nothing, so this never fits; name one or leave it out`] : [],
  );
}

function earlyResult({ phase, result }: RuleCondition, where: string): string[] {
  if (result === undefined || phase === 'call_ended') return [];
  return [`${where}/result: a call has no result before it is over; leave it out or set the phase to call_ended`];
}

/** A DID that is a word is compared as the PBX writes it; a phone is compared in our spelling. */
function unreadableDids({ when, actions }: Rule, where: string): string[] {
  const ofActions = actions.flatMap((action, index) =>
    'responsible' in action
      ? action.responsible.flatMap(byDid).map((did) => ({ did, at: `${where}/actions/${index}` }))
      : [],
  );
  const all = [...(when.dids ?? []).map((did) => ({ did, at: `${where}/when/dids` })), ...ofActions];
  return all.flatMap(({ did, at }) => unreadableDid(did, at));
}

function unreadableDid(did: string, at: string): string[] {
  const isReadable = !/\d/.test(did) || !/^[\d\s+().-]+$/.test(did) || /^\d+$/.test(did);
  return isReadable ? [] : [`${at}: ${did} never fits; write digits with the country code, such as 74951230001`];
}

function byDid(responsible: Responsible): string[] {
  return typeof responsible === 'object' && 'byDid' in responsible ? Object.keys(responsible.byDid) : [];
}

function stagesWithoutPipeline({ actions }: Rule, where: string): string[] {
  return actions.flatMap((action, index) =>
    action.do === 'create-lead' ? stageWithoutPipeline(action, `${where}/${index}`) : [],
  );
}

function stageWithoutPipeline({ pipelineId, statusId }: OurNumber, where: string): string[] {
  if (statusId === undefined || pipelineId !== undefined) return [];
  return [`${where}/statusId: a stage belongs to a pipeline; name its pipelineId too`];
}

/** Where something is made nobody in particular may be responsible; to change that to nobody changes nothing. */
function givenToNobody({ actions }: Rule, where: string): string[] {
  return actions.flatMap((action, index) =>
    action.do === 'set-responsible' && action.responsible.length === 0
      ? [`${where}/${index}/responsible: names nobody, so nothing is changed; name somebody or leave the action out`]
      : [],
  );
}

function addsNothing({ actions }: Rule, where: string): string[] {
  return actions.flatMap((action, index) =>
    action.do === 'add-tags' && action.tags.length === 0
      ? [`${where}/${index}/tags: names none, so nothing is added; name one or leave the action out`]
      : [],
  );
}

function neverOpen({ calendar }: RuleCondition, calendars: readonly Calendar[], where: string): string[] {
  const office = calendars.find(({ id }) => id === calendar?.id);
  if (!office || calendar?.is !== 'open') return [];
  const isEverOpen = [...office.week, ...Object.values(office.days)].some((hours) => hours.length > 0);
  return isEverOpen ? [] : [`${where}/calendar: ${office.id} is never open, so this never fits; give it hours`];
}

function hoursOfNobody({ hours }: RuleCondition, { numbers = {} }: AccountSettings, where: string): string[] {
  if (hours === undefined || Object.values(numbers).some(({ calendar }) => calendar !== undefined)) return [];
  return [`${where}/hours: no number has hours, so this never fits; give one of numbers a calendar`];
}

/** Of Russia and Kazakhstan: with the 8 that is dialled before it, or with nothing before it. */
function numbersAsDialled({ numberLists, pbxs }: AccountSettings): string[] {
  const countries = Object.values(pbxs).map(({ country = 'RU' }) => country);
  if (countries.length > 0 && !countries.some((country) => country === 'RU' || country === 'KZ')) return [];
  return numberLists.flatMap(({ numbers }, list) =>
    numbers.flatMap((number, index) => {
      const where = `/numberLists/${list}/numbers/${index}`;
      if (isAsDialled.test(number))
        return [`${where}: ${number} is as dialled; write 7${number.slice(1)}, or ${number}* if it is a number abroad`];
      if (!lacksCountryCode.test(number)) return [];
      return [`${where}: ${number} lacks the country code; write 7${number}, or ${number}* if it is a number abroad`];
    }),
  );
}

/**
 * What is said of PBXs that the account does not have: it would be in vain, and who is not observed is written for.
 *
 * @param before what was said of PBXs that are gone since may stay
 * @param known ids of the account's PBXs
 */
export function unknownPbxs(settings: AccountSettings, before: AccountSettings, known: readonly string[]): string[] {
  const there =
    known.length > 0 ? `it has ${known.join(', ')}; check the spelling, or add it first` : 'it has none; add it first';
  return (['pbxs', 'observedPbxs', 'routing'] as const).flatMap((section) =>
    Object.keys(settings[section] ?? {})
      .filter((id) => !known.includes(id) && !Object.hasOwn(before[section] ?? {}, id))
      .map((id) => `/${section}/${id}: the account has no PBX ${id}; ${there} (bin/ringflow pbx list, pbx add)`),
  );
}
