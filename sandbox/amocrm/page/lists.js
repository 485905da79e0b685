import { clockTime, make, minutesAndSeconds, phoneText, table } from './draw.js';
import { state } from './live-state.js';
import { playButton } from './player.js';

const shownCalls = 60;
const shownClients = 60;
const shownRequests = 80;
/** That long after it happened a row is marked as new. */
export const freshMs = 15_000;

const byId = (id) => document.getElementById(id);
const isFresh = (time) => Date.now() - new Date(time).getTime() < freshMs;

export function drawCounts(words) {
  const pairs = [
    [words.countCalls, state.counts.calls],
    [words.countCards, state.counts.cards],
    [words.countTasks, state.tasks.filter((task) => !task.isCompleted).length],
    [words.countClients, state.counts.clients],
    [words.countRequests, state.requestCount],
  ];
  byId('counts').replaceChildren(
    ...pairs.map(([word, count]) => make('div', {}, make('dt', {}, word), make('dd', {}, String(count)))),
  );
}

export function drawUsers(words, language) {
  byId('users').replaceChildren(
    ...state.users.map((user) => {
      const card = state.cards.findLast((each) => each.userId === user.id);
      const last = card ? `${clockTime(card.at, language)} · ${phoneText(card.phone)}` : words.noCardYet;
      return make(
        'li',
        { 'data-testid': 'user-row', class: card && isFresh(card.at) ? 'ringing' : '' },
        make('span', { class: 'face', title: words.extension }, user.phoneNumber ?? '—'),
        make('span', { class: 'person' }, make('strong', {}, user.name), make('span', { class: 'quiet last' }, last)),
      );
    }),
  );
}

export function drawCalls(words, language) {
  const rows = state.calls
    .map((call, index) => ({ call, isRepeat: isRepeat(call, index) }))
    .slice(-shownCalls)
    .reverse()
    .map(({ call, isRepeat }) => callRow(words, language, call, isRepeat));
  const headings = ['when', 'direction', 'client', 'phone', 'who', 'duration', 'result'].map((word) => words[word]);
  byId('calls').replaceChildren(
    rows.length > 0 ? table(headings, rows, words.calls) : make('p', { class: 'empty' }, words.noCalls),
  );
}

function isRepeat(call, index) {
  return call.uniq !== null && state.calls.findIndex((each) => each.uniq === call.uniq) < index;
}

function callRow(words, language, call, isRepeat) {
  const isTalk = call.callStatus === 4;
  const result = [words.statuses[call.callStatus] ?? words.noStatus, call.callResult].filter(Boolean);
  const direction = make(
    'span',
    { class: `direction ${call.direction}` },
    make('span', { 'aria-hidden': 'true' }, call.direction === 'inbound' ? '↙' : '↗'),
    ` ${words[call.direction]}`,
  );
  const repeat = make('span', { class: 'tag warn', title: words.repeatedHint }, words.repeated);
  return make(
    'tr',
    { 'data-testid': 'call-row', 'data-uniq': call.uniq ?? '', class: isFresh(call.at) ? 'fresh' : '' },
    make('td', { class: 'number' }, clockTime(call.at, language)),
    make('td', { class: 'number' }, direction),
    make(
      'td',
      {},
      make('strong', {}, phoneText(call.entityName)),
      ' ',
      make('span', { class: 'quiet' }, words[call.entityType]),
    ),
    make('td', { class: 'number' }, phoneText(call.phone)),
    make('td', {}, responsibleName(call.responsible)),
    make('td', { class: 'number' }, minutesAndSeconds(call.duration)),
    make(
      'td',
      {},
      make('span', { class: isTalk ? 'tag good' : 'tag' }, result[0]),
      make('span', { class: 'quiet' }, result[1] ? ` ${result[1]}` : ''),
      ...(isRepeat ? [' ', repeat] : []),
      ...(call.link ? [' ', playButton(call.link, words)] : []),
    ),
  );
}

function responsibleName(responsible) {
  return state.users.find((user) => user.id === responsible)?.name ?? String(responsible);
}

export function drawClients(words) {
  const rows = state.clients
    .toSorted((a, b) => Number(b.isNew) - Number(a.isNew) || (a.isNew ? b.id - a.id : 0))
    .slice(0, shownClients)
    .map((client) => clientRow(words, client));
  byId('contacts').replaceChildren(
    rows.length > 0
      ? table([words.name, words.phone, words.owner, words.openLeads], rows, words.contacts)
      : make('p', { class: 'empty' }, words.noContacts),
  );
}

function clientRow(words, client) {
  const marks = [
    ...(client.type === 'company' ? [make('span', { class: 'quiet' }, words.company)] : []),
    ...(client.isNew ? [make('span', { class: 'tag new' }, words.added)] : []),
    ...client.tags.map((tag) => make('span', { class: 'tag' }, tag)),
  ];
  const phones = client.phones.flatMap((phone, index) => [
    ...(index > 0 ? [', '] : []),
    make('span', { class: 'number' }, phoneText(phone)),
  ]);
  return make(
    'tr',
    { 'data-testid': 'contact-row', class: client.isNew && isFresh(client.createdAtSeconds * 1000) ? 'fresh' : '' },
    make('td', {}, make('strong', {}, phoneText(client.name)), ...marks.flatMap((mark) => [' ', mark])),
    make('td', {}, ...(phones.length > 0 ? phones : [make('span', { class: 'quiet' }, words.noPhone)])),
    make('td', {}, responsibleName(client.responsibleUserId)),
    make('td', { class: 'number' }, String(client.leads)),
  );
}

export function drawRequests(words, language) {
  const lines = state.requests
    .slice(-shownRequests)
    .reverse()
    .map((request) => {
      const kind = request.status === 0 || request.status >= 400 ? 'bad' : 'good';
      const status = request.status === 0 ? `${words.noAnswer} (${request.fault})` : String(request.status);
      return make(
        'p',
        { class: 'request', 'data-testid': 'request-line' },
        make('time', { datetime: request.at }, clockTime(request.at, language)),
        make('span', { class: 'method' }, request.method),
        make('span', { class: 'path' }, request.path + (request.query ? `?${request.query}` : '')),
        make('span', { class: `status ${kind}` }, status),
      );
    });
  byId('requests').replaceChildren(...(lines.length > 0 ? lines : [make('p', { class: 'empty' }, words.noRequests)]));
}
