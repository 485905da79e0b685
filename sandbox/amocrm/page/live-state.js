const keptRows = 200;
const retryMs = 1000;

/** What the page knows of the stand-in; filled by a read and kept fresh by events. */
export const state = {
  connection: 'connecting',
  account: { name: 'amoCRM' },
  hasPbx: false,
  users: [],
  cards: [],
  calls: [],
  tasks: [],
  leads: [],
  unsorted: [],
  pipelines: [],
  clients: [],
  requests: [],
  counts: { calls: 0, cards: 0, clients: 0 },
  requestCount: 0,
};

/**
 * Listens for ever; after a lost connection the state is read anew, so that nothing that happened meanwhile is missing.
 *
 * @param {() => void} changed
 */
export function keepFresh(changed) {
  const source = new EventSource('/sandbox/events');
  source.addEventListener('open', () => read(changed));
  source.addEventListener('reset', () => read(changed));
  source.addEventListener('error', () => {
    state.connection = 'lost';
    changed();
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(() => keepFresh(changed), retryMs);
  });

  const on = (event, add) =>
    source.addEventListener(event, (message) => {
      add(JSON.parse(message.data));
      changed();
    });
  on('card', (card) => {
    if (append(state.cards, card, 'id')) state.counts.cards += 1;
  });
  on('call', (call) => {
    if (append(state.calls, call, 'noteId')) state.counts.calls += 1;
  });
  on('contact', (client) => {
    if (put(state.clients, client, 'id')) state.counts.clients += 1;
  });
  on('lead', (lead) => put(state.leads, lead, 'id'));
  on('unsorted', (item) => put(state.unsorted, item, 'uid'));
  on('task', (task) => put(state.tasks, task, 'id'));
  on('request', (request) => {
    if (append(state.requests, request, 'id')) state.requestCount += 1;
  });
}

async function read(changed) {
  try {
    const response = await fetch(`/sandbox/state?last=${keptRows}`);
    if (!response.ok) throw new Error(`The state was answered with ${response.status}`);
    const { contacts, companies, ...rest } = await response.json();
    Object.assign(state, rest, { clients: [...companies, ...contacts], connection: 'connected' });
  } catch {
    state.connection = 'lost';
    setTimeout(() => read(changed), retryMs);
  }
  changed();
}

// An event may tell of what the state already has: both are asked for at the same time.
function append(rows, row, key) {
  if (rows.some((known) => known[key] === row[key])) return false;
  rows.push(row);
  if (rows.length > keptRows) rows.shift();
  return true;
}

/** Takes the place of what was known of it; true if nothing was. */
function put(rows, row, key) {
  const known = rows.findIndex((each) => each[key] === row[key]);
  if (known < 0) return append(rows, row, key);
  rows[known] = row;
  return false;
}
