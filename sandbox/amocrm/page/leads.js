import { make, phoneText } from './draw.js';
import { keptRows } from './kept-rows.js';
import { state } from './live-state.js';

const shownLeads = 60;
const wonStatusId = 142;

const trouble = document.getElementById('leads-trouble');
const drawRows = keptRows(document.getElementById('leads'), document.getElementById('leads-title'));

/** Lists the leads, the open ones first, then the newest. The stage of each can be changed as a person does. */
export function drawLeads(words, language) {
  const leads = state.leads
    .filter((lead) => !lead.isDeleted && !lead.isUnsorted)
    .toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen) || b.id - a.id);
  drawRows(leads.slice(0, shownLeads).map((lead) => rowOf(words, language, lead)));
  document.getElementById('no-leads').hidden = leads.length > 0;
  const hidden = leads.length - shownLeads;
  document.getElementById('more-leads').textContent = hidden > 0 ? `${words.moreLeads}: ${hidden}` : '';
}

function rowOf(words, language, lead) {
  const user = state.users.find((each) => each.id === lead.responsibleUserId);
  const pipeline = state.pipelines.find((each) => each.id === lead.pipelineId);
  const stages = (pipeline?.stages ?? []).filter((stage) => !stage.isUnsorted);
  return {
    key: lead.id,
    look: JSON.stringify([language, lead, user?.name, stages]),
    make: () => rowElement(words, lead, user, stages),
  };
}

function rowElement(words, lead, user, stages) {
  const names = [...lead.contacts.map(({ name }) => name), ...(lead.companyName === null ? [] : [lead.companyName])];
  const clients = names.map((name) => phoneText(name || words.noName)).join(', ');
  return make(
    'li',
    { 'data-testid': 'lead-row', 'data-lead': String(lead.id), class: 'lead' },
    make(
      'div',
      { class: 'lead-body' },
      make('p', { class: 'lead-name' }, phoneText(lead.name)),
      make(
        'p',
        { class: 'lead-facts' },
        make('span', {}, clients || words.noClient),
        make('span', {}, `${words.responsible} ${user?.name ?? lead.responsibleUserId}`),
        make('span', { class: 'quiet' }, lead.pipelineName),
        ...(lead.isOpen ? [] : [closedMark(words, lead)]),
        ...lead.tags.map((tag) => make('span', { class: 'tag' }, tag)),
      ),
    ),
    stageSelect(words, lead, stages),
  );
}

function closedMark(words, lead) {
  const isWon = lead.statusId === wonStatusId;
  return make('span', { class: isWon ? 'tag good' : 'tag warn' }, isWon ? words.leadWon : words.leadLost);
}

function stageSelect(words, lead, stages) {
  const options = stages.map((stage) =>
    make('option', { value: String(stage.id), ...(stage.id === lead.statusId && { selected: '' }) }, stage.name),
  );
  const select = make('select', { 'aria-label': `${words.stage}: ${lead.name}`, 'data-testid': 'stage' }, ...options);
  select.addEventListener('change', () => move(words, lead, select));
  return select;
}

async function move(words, lead, select) {
  const response = await fetch(`/sandbox/leads/${lead.id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ statusId: Number(select.value) }),
  }).catch(() => undefined);
  trouble.textContent = response?.ok ? '' : words.leadNotMoved;
  if (!response?.ok) select.value = String(lead.statusId);
}
