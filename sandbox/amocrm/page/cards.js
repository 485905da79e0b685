import { clockTime, make, phoneText } from './draw.js';
import { state } from './live-state.js';

const cardLifeMs = 60_000;
const shownCards = 12;

const area = document.getElementById('cards');
const closed = new Set();
let drawnLanguage = '';

/** Puts new cards on the screen and takes old ones off; those that stay are not touched, for the keyboard's sake. */
export function drawCards(words, language) {
  if (language !== drawnLanguage) area.replaceChildren();
  drawnLanguage = language;
  const alive = state.cards.filter((card) => !closed.has(card.id) && ageMs(card) < cardLifeMs).slice(-shownCards);
  const wanted = new Map(alive.map((card) => [String(card.id), card]));
  for (const element of [...area.children]) {
    if (!wanted.delete(element.dataset.card)) element.remove();
  }
  for (const card of wanted.values()) {
    const element = cardElement(words, language, card);
    area.prepend(element);
    setTimeout(() => take(element), cardLifeMs - ageMs(card));
  }
  tellIfEmpty();
}

function take(element) {
  element.remove();
  tellIfEmpty();
}

function tellIfEmpty() {
  document.getElementById('no-cards').hidden = area.children.length > 0;
}

function ageMs(card) {
  return Date.now() - Date.parse(card.at);
}

function cardElement(words, language, card) {
  const user = state.users.find((each) => each.id === card.userId);
  const caller = phoneText(card.entity?.name || words.unknownNumber);
  const close = make('button', { type: 'button', class: 'close', 'aria-label': `${words.close}: ${caller}` }, '×');
  const element = make(
    'article',
    { 'data-testid': 'card', 'data-card': String(card.id), class: card.entity ? 'card' : 'card unknown' },
    make(
      'p',
      { class: 'card-head' },
      make('span', {}, card.entity ? `${words.incoming} · ${words[card.entity.type]}` : words.incoming),
      make('time', { datetime: card.at }, clockTime(card.at, language)),
    ),
    make('p', { class: 'caller' }, caller),
    make('p', { class: 'caller-phone' }, phoneText(card.phone)),
    make('p', { class: 'quiet' }, `${words.cardFor} ${user?.name ?? card.userId} (${user?.phoneNumber ?? '—'})`),
    close,
  );
  close.addEventListener('click', () => {
    closed.add(card.id);
    take(element);
  });
  return element;
}
