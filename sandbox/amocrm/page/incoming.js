import { dayAndTime, make, minutesAndSeconds, phoneText } from './draw.js';
import { keptRows } from './kept-rows.js';
import { state } from './live-state.js';

const shownIncoming = 60;

const trouble = document.getElementById('incoming-trouble');
const drawRows = keptRows(document.getElementById('incoming'), document.getElementById('incoming-title'));

/** Lists the incoming leads, the newest first. */
export function drawIncoming(words, language) {
  const newest = state.unsorted.toReversed();
  drawRows(
    newest.slice(0, shownIncoming).map((item) => ({
      key: item.uid,
      look: JSON.stringify([language, item]),
      make: () => rowElement(words, language, item),
    })),
  );
  document.getElementById('no-incoming').hidden = newest.length > 0;
  const hidden = newest.length - shownIncoming;
  document.getElementById('more-incoming').textContent = hidden > 0 ? `${words.moreIncoming}: ${hidden}` : '';
}

function rowElement(words, language, item) {
  const name = phoneText(item.contactName || item.leadName);
  const button = (word, attributes, method, path, body) => {
    const element = make('button', { type: 'button', 'aria-label': `${word}: ${name}`, ...attributes }, word);
    element.addEventListener('click', () => settle(words, method, path, body));
    return element;
  };
  const { phone, duration, called_at: calledAt } = item.metadata;
  const leadName = make('span', { class: 'quiet' }, phoneText(item.leadName));
  const path = `/sandbox/unsorted/${encodeURIComponent(item.uid)}`;
  return make(
    'li',
    { 'data-testid': 'incoming-row', 'data-uid': item.uid, class: 'lead' },
    make(
      'div',
      { class: 'lead-body' },
      make('p', { class: 'lead-name' }, name, ...(item.contactName ? [' ', leadName] : [])),
      make(
        'p',
        { class: 'lead-facts' },
        make('span', { class: 'number' }, phoneText(phone)),
        make('span', {}, `${words.calledAt} ${dayAndTime(calledAt, language)} · ${minutesAndSeconds(duration)}`),
        make('span', {}, item.sourceName, ' ', make('span', { class: 'quiet' }, item.pipelineName)),
        ...(item.call ? [make('span', { class: 'tag' }, words.withCall)] : []),
      ),
    ),
    make(
      'div',
      { class: 'lead-buttons' },
      button(words.accept, { class: 'primary' }, 'POST', `${path}/accept`, {}),
      button(words.decline, {}, 'DELETE', path),
    ),
  );
}

async function settle(words, method, path, body) {
  const request = {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  };
  const response = await fetch(path, request).catch(() => undefined);
  trouble.textContent = response?.ok ? '' : words.incomingNotSettled;
}
