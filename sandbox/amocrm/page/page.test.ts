import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecordings } from '../../pbx/recording.ts';
import { type StandIn, startStandIn } from '../testing/start-stand-in.ts';
import { textDocument } from '../testing/text-page.ts';

const hostileNames = [
  '<img src=x onerror="alert(1)">',
  '</td></tr></table><script>alert(1)</script>',
  `"quotes" and 'apostrophes' & &amp; entities`,
  '👩‍👩‍👧 Семья Ивановых 🇷🇺',
  '\u202Egnp.tcejni',
  'line\n\ndata: {"name":"another event"}\n\n',
  '__proto__',
];

// The page's scripts are the browser's; what they need of it is made here.
const page = textDocument();
Object.assign(globalThis, { document: page });
const { state } = require('./live-state.js') as { state: object };
const { drawCalls, drawClients, drawRequests, drawUsers } = require('./lists.js');
const { drawCards } = require('./cards.js');
const { drawIncoming } = require('./incoming.js');
const { drawLeads } = require('./leads.js');
const { drawTasks } = require('./tasks.js');
const { wordsOf } = require('./words.js') as { wordsOf(language: string): object };
const { scenarioGroups, titleOf } = require('./scenarios.js');

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn({ seed: false });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await standIn.app.close();
});

async function drawEverything(): Promise<void> {
  const { contacts, companies, ...rest } = await standIn.state();
  Object.assign(state, rest, { clients: [...companies, ...contacts] });
  const words = wordsOf('ru');
  drawUsers(words, 'ru');
  drawCalls(words, 'ru');
  drawTasks(words, 'ru');
  drawIncoming(words, 'ru');
  drawLeads(words, 'ru');
  drawClients(words);
  drawRequests(words, 'ru');
  page.getElementById('cards').replaceChildren();
  jest.spyOn(globalThis, 'setTimeout').mockReturnValue(0 as never); // after which a card goes again
  drawCards(words, 'ru');
  jest.restoreAllMocks();
}

describe.each(hostileNames)('a client named %j', (name) => {
  const search = `/api/v4/contacts?query=${encodeURIComponent(name)}`;

  it('is found and answered by the API as it was written', async () => {
    await standIn.addClient({ name });
    const { body } = await standIn.api('GET', search);
    expect(body._embedded.contacts.map((contact: { name: string }) => contact.name)).toEqual([name]);
  });

  it('is on the page as text, in every list and on the card', async () => {
    const { id } = await standIn.addClient({ name, phones: ['+79120001122', name] });
    const call = { direction: 'inbound', duration: 1, source: 'Ringflow', phone: '+79120001122' };
    await standIn.api('POST', '/api/v4/calls', [{ ...call, call_result: name, call_responsible: name }]);
    const card = { type: 'phone_call', phone_number: '+79120001122', users: [504141] };
    await standIn.api('POST', '/api/v2/events', { add: [card] });
    const ofClient = { entity_id: id, entity_type: 'contacts', complete_till: 1 };
    await standIn.api('POST', '/api/v4/tasks', [{ ...ofClient, text: name }]);
    const tags = [{ name }];
    await standIn.api('POST', '/api/v4/leads', [{ name, tags_to_add: tags, _embedded: { contacts: [{ id }] } }]);
    const metadata = { phone: name, called_at: 1, duration: 1, service_code: name, uniq: name };
    const sip = {
      source_uid: name,
      source_name: name,
      metadata,
      _embedded: { leads: [{ name }], contacts: [{ name }] },
    };
    await standIn.api('POST', '/api/v4/leads/unsorted/sip', [sip]);
    await standIn.api('GET', search);
    await drawEverything();
    const lists = ['calls', 'tasks', 'incoming', 'leads', 'contacts', 'cards'];
    for (const list of lists) expect(page.getElementById(list).textContent).toContain(name);
    const elements = ['users', 'requests', ...lists].flatMap((id) => page.getElementById(id).all());
    expect(elements.filter(({ tag }) => /^(script|img|iframe|a|style)$/.test(tag))).toEqual([]);
    const attributes = elements.flatMap((element) => [...element.attributes.keys()]);
    expect(attributes.filter((attribute) => /^on|^(src|href|style|srcdoc)$/.test(attribute))).toEqual([]);
  });

  it('is one event on the stream', async () => {
    const events = await fetch(`${standIn.url}/sandbox/events`);
    await standIn.addClient({ name });
    await standIn.addClient({ name: 'the last one' });
    let text = '';
    for await (const chunk of events.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('the last one')) break;
    }
    const frames = text.split('\n\n').filter((frame) => frame.startsWith('event: '));
    const names = frames.map((frame) => JSON.parse(frame.replace(/^event: contact\ndata: /, '')).name);
    expect(names).toEqual([name, 'the last one']);
  });
});

describe('tasks on the page', () => {
  const addTasks = (...tasks: object[]) => standIn.api('POST', '/api/v4/tasks', tasks);
  const rows = () => page.getElementById('tasks').children;

  it('are told of in words when there are none', async () => {
    await drawEverything();
    expect(page.getElementById('no-tasks').hidden).toBe(false);
    await addTasks({ text: 'Перезвонить', complete_till: 1 });
    await drawEverything();
    expect(page.getElementById('no-tasks').hidden).toBe(true);
  });

  it('are the open ones, the most urgent first, and say for whom, of which client and until when', async () => {
    const client = await standIn.addClient({ name: 'Мария Кузнецова' });
    const ofClient = { entity_id: client.id, entity_type: 'contacts', responsible_user_id: 504142 };
    const nextYear = Date.UTC(new Date().getFullYear() + 1, 5, 15) / 1000;
    await addTasks(
      { text: 'Позже', complete_till: nextYear },
      { text: 'Раньше', complete_till: 1, ...ofClient },
      { text: 'Сделано', complete_till: 1, is_completed: true },
    );
    await drawEverything();
    const [late = '', later = '', ...others] = rows().map((row) => row.textContent);
    for (const part of ['Раньше', 'Мария Кузнецова', 'Борис Волков', 'просрочена']) expect(late).toContain(part);
    for (const part of ['Позже', 'без клиента', 'Анна Смирнова', '15 июн']) expect(later).toContain(part);
    expect(others).toEqual([]);
  });

  it('go when they are completed, and those that stay are not made anew', async () => {
    await addTasks({ text: 'Первая', complete_till: 1 }, { text: 'Вторая', complete_till: 2 });
    await drawEverything();
    const [, second] = rows();
    const [first] = (await standIn.state()).tasks;
    await standIn.completeTask(first?.id ?? 0);
    await drawEverything();
    expect(rows()).toHaveLength(1);
    expect(rows()[0]).toBe(second);
  });

  it('that are too many to be shown are counted', async () => {
    await addTasks(...Array.from({ length: 63 }, () => ({ text: 'Перезвонить', complete_till: 1 })));
    await drawEverything();
    expect(rows()).toHaveLength(60);
    expect(page.getElementById('more-tasks').textContent).toContain('3');
  });
});

describe('leads on the page', () => {
  const rows = (list: string) => page.getElementById(list).children.map((row) => row.textContent);
  const metadata = { phone: '+79120003344', called_at: 1, duration: 65, service_code: 'ringflow', uniq: 'u' };
  const incoming = {
    ...{ source_uid: 's', source_name: 'Первая линия', metadata: { ...metadata, is_call_event_needed: true } },
    _embedded: { leads: [{ name: 'Звонок незнакомца' }] },
  };

  it('are told of in words when there are none', async () => {
    await drawEverything();
    const isTold = () => ['no-leads', 'no-incoming'].map((id) => !page.getElementById(id).hidden);
    expect(isTold()).toEqual([true, true]);
    await standIn.control('POST', '/sandbox/leads', { name: 'Окна' });
    await standIn.api('POST', '/api/v4/leads/unsorted/sip', [incoming]);
    await drawEverything();
    expect(isTold()).toEqual([false, false]);
  });

  it('say whose they are, where they stand and how they are tagged, the open ones first', async () => {
    const { id } = await standIn.addClient({ name: 'Мария Кузнецова', lostLeads: ['Балкон'] });
    const lead = { name: 'Окна', contactIds: [id], pipelineId: 8000200, responsibleUserId: 504142, tags: ['VIP'] };
    await standIn.control('POST', '/sandbox/leads', lead);
    await standIn.control('POST', '/sandbox/leads', { name: 'Дверь', statusId: 142 });
    await drawEverything();
    const [first = '', second = '', third = '', ...others] = rows('leads');
    for (const part of ['Окна', 'Мария Кузнецова', 'Борис Волков', 'Монтаж', 'VIP']) expect(first).toContain(part);
    for (const part of ['Дверь', 'без клиента', 'успешна']) expect(second).toContain(part);
    for (const part of ['Балкон', 'не реализована']) expect(third).toContain(part);
    expect(others).toEqual([]);
    const chosen = page
      .getElementById('leads')
      .all()
      .filter(({ attributes }) => attributes.has('selected'));
    const names = chosen.map(({ textContent }) => textContent);
    expect(names).toEqual(['Замер назначен', 'Успешно реализовано', 'Закрыто и не реализовано']);
  });

  it('that nobody has sorted stand apart, until they are accepted', async () => {
    await standIn.api('POST', '/api/v4/leads/unsorted/sip', [incoming]);
    await drawEverything();
    expect(rows('leads')).toEqual([]);
    const [row = ''] = rows('incoming');
    for (const part of ['Звонок незнакомца', '+7 912 000-33-44', '1:05', 'Первая линия', 'со звонком']) {
      expect(row).toContain(part);
    }
    const [item] = (await standIn.state()).unsorted;
    await standIn.control('POST', `/sandbox/unsorted/${item?.uid}/accept`, {});
    await drawEverything();
    expect(rows('incoming')).toEqual([]);
    expect(rows('leads')).toHaveLength(1);
  });
});

describe("the page's words", () => {
  it('exist in both languages', () => {
    expect(Object.keys(wordsOf('ru')).sort()).toEqual(Object.keys(wordsOf('en')).sort());
  });

  it('are there for all that the page asks for', () => {
    const sources = readdirSync(__dirname).filter((file) => /\.(js|html)$/.test(file) && file !== 'words.js');
    const text = sources.map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
    const uses = [...text.matchAll(/\bwords\.(?!js)(\w+)|data-word="(\w+)"|say\('(\w+)'/g)];
    const asked = uses.flatMap(([, ...words]) => words.filter((word) => word !== undefined));
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((word) => !Object.hasOwn(wordsOf('ru'), word))).toEqual([]);
  });

  it('tell in Russian what every recorded call is, and name none that was not recorded', () => {
    const recorded = [...readRecordings().values()];
    for (const { scenario, description } of recorded) {
      expect(titleOf({ name: scenario, description }, 'ru')).toMatch(/[а-яё]/i);
      expect(titleOf({ name: scenario, description }, 'en')).toBe(description);
    }
    const named = scenarioGroups.flatMap(({ scenarios }: { scenarios: object }) => Object.keys(scenarios));
    expect(named.sort()).toEqual(recorded.map(({ scenario }) => scenario).sort());
  });
});
