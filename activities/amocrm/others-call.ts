import type { components } from '../../proto/generated/amocrm.ts';
import type { OthersCall } from '../../proto/journal.ts';
import { phoneKey } from '../../proto/phone.ts';
import type { AttachTo } from '../../proto/rule.ts';
import type { EntityId } from '../store/known-clients.ts';
import { findCompanies, findContacts, oldestFirst, readClient } from './clients.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { integrationName } from './integration.ts';
import { placeOf } from './place-of-call.ts';

type Note = components['schemas']['Note'];
type Client = components['schemas']['Contact'] | components['schemas']['Company'];
type EntityType = 'contacts' | 'companies' | 'leads' | 'customers';

export interface OthersCallRequest {
  accountId: string;
  phone: string;
  direction: 'inbound' | 'outbound';
  startedAtSeconds: number;
  endedAtSeconds: number;
  durationSeconds: number;
  /** Where we would have put it. */
  attachTo: AttachTo;
  /** Which call the record is to stand for from now on: then it must have lasted as long, and stands for no other call. */
  standsFor?: StandsFor;
}

interface StandsFor {
  pbxId: string;
  linkedid: string;
  /** Some products count the time of ringing too. */
  durationsSeconds: number[];
  mostSecondsUnlike: number;
}

export interface OthersCallAnswer {
  call: OthersCall;
  /** Where we would have put it by what amoCRM has now; null: amoCRM itself would choose. */
  ownPlace: EntityId | null;
}

/** It was not found, yet the client has more notes of calls than are looked through. */
export interface NotAllRead {
  isCut: true;
}

/** Some products write when the call began, some when it was over. */
const mostSecondsApart = 120;

/**
 * The call as another product has put it into its client's history. Contacts are asked first, companies only where no
 * contact has it.
 *
 * @returns null if it stands nowhere
 */
export async function findOthersCall(
  dependencies: Pick<AmocrmDependencies, 'clientOf' | 'gatheringOf' | 'closedLeadsOf' | 'othersNotes'>,
  request: OthersCallRequest,
): Promise<OthersCallAnswer | NotAllRead | null> {
  const { accountId, phone, attachTo } = request;
  const [amocrm, closedLeads] = [dependencies.clientOf(accountId), dependencies.closedLeadsOf(accountId)];
  const contacts = oldestFirst(await findContacts(amocrm, phone));
  const withContacts = await foundOn(dependencies, 'contacts', contacts, request);
  const onContact = await choose(dependencies, request, withContacts.found);
  const companies = onContact ? [] : oldestFirst(await findCompanies(amocrm, phone));
  const withCompanies = await foundOn(dependencies, 'companies', companies, request);
  const call = onContact ?? (await choose(dependencies, request, withCompanies.found));
  const [contact] = contacts;
  const [company] = companies;
  if (!call || !(contact ?? company)) return withContacts.isCut || withCompanies.isCut ? { isCut: true } : null;
  const client = contact
    ? await readClient(amocrm, closedLeads, 'contacts', contact)
    : await readClient(amocrm, closedLeads, 'companies', company as Client);
  return { call, ownPlace: placeOf({ client, askedAtMs: Date.now() }, attachTo) ?? null };
}

interface Found {
  call: OthersCall;
  secondsApart: number;
}

/** Of what may be the call the one that is. */
async function choose(
  { othersNotes }: Pick<AmocrmDependencies, 'othersNotes'>,
  { accountId, standsFor }: OthersCallRequest,
  found: readonly Found[],
): Promise<OthersCall | undefined> {
  if (!standsFor) return found[0]?.call;
  const { pbxId, linkedid, durationsSeconds, mostSecondsUnlike } = standsFor;
  const notes = found
    .map(({ call, secondsApart }) => {
      const unlike = Math.min(...durationsSeconds.map((own) => Math.abs(call.durationSeconds - own)));
      return { noteId: call.noteId, unlike, misfit: Math.round(secondsApart + unlike) };
    })
    .filter(({ unlike }) => unlike <= mostSecondsUnlike)
    .toSorted((a, b) => a.misfit - b.misfit);
  const noteId = await othersNotes.match({ accountId, pbxId, linkedid }, notes);
  return found.find(({ call }) => call.noteId === noteId)?.call;
}

/** Near enough in time; the nearest first. */
async function foundOn(
  { gatheringOf }: Pick<AmocrmDependencies, 'gatheringOf'>,
  type: 'contacts' | 'companies',
  clients: readonly Client[],
  request: OthersCallRequest,
): Promise<{ found: Found[]; isCut: boolean }> {
  const gathering = gatheringOf(request.accountId);
  const noteType = request.direction === 'inbound' ? 'call_in' : 'call_out';
  const places: [EntityType, number[]][] = [
    [type, clients.map(({ id }) => id)],
    ['leads', clients.flatMap(({ _embedded }) => (_embedded.leads ?? []).map(({ id }) => id))],
    ['customers', clients.flatMap(({ _embedded }) => (_embedded.customers ?? []).map(({ id }) => id))],
  ];
  const sinceSeconds = request.startedAtSeconds - mostSecondsApart;
  const lists = await Promise.all(
    places.map(async ([entityType, ids]) => {
      const entityIds = [...new Set(ids)];
      if (entityIds.length === 0) return { isCut: false, found: [] };
      const { notes, isCut } = await gathering.listCallNotes(entityType, { entityIds, noteType, sinceSeconds });
      return { isCut, found: notes.map((note) => ({ entityType, note })) };
    }),
  );
  const found = lists
    .flatMap((list) => list.found)
    .filter(({ note }) => isOthers(note, request))
    .map(({ entityType, note }) => ({
      call: othersCall(entityType, note),
      secondsApart: secondsApart(note, request),
    }))
    .filter((one) => one.secondsApart <= mostSecondsApart)
    .toSorted((a, b) => a.secondsApart - b.secondsApart || misfit(a.call, request) - misfit(b.call, request));
  return { found, isCut: lists.some(({ isCut }) => isCut) };
}

/** Not ours, and not of another phone of the same client. */
function isOthers({ params }: Note, { phone }: OthersCallRequest): boolean {
  const named = phoneKey(params.phone ?? '');
  return params.source !== integrationName && (named.length < fewestTellingDigits || named === phoneKey(phone));
}

/** Shorter ones are extensions. */
const fewestTellingDigits = 7;

function secondsApart({ created_at }: Note, { startedAtSeconds, endedAtSeconds }: OthersCallRequest): number {
  return Math.min(Math.abs(created_at - startedAtSeconds), Math.abs(created_at - endedAtSeconds));
}

const misfit = (call: OthersCall, { durationSeconds }: OthersCallRequest): number =>
  Math.abs(call.durationSeconds - durationSeconds);

function othersCall(entityType: string, { id, entity_id, params, responsible_user_id, created_at }: Note): OthersCall {
  return {
    noteId: id,
    entityType,
    entityId: entity_id,
    durationSeconds: params.duration ?? 0,
    responsible: params.call_responsible ?? responsible_user_id,
    status: params.call_status ?? null,
    result: params.call_result ?? null,
    source: params.source ?? '',
    link: params.link ?? null,
    createdAtSeconds: created_at,
  };
}
