import { drawCards } from './cards.js';
import { drawIncoming } from './incoming.js';
import { drawLeads } from './leads.js';
import { drawCalls, drawClients, drawCounts, drawRequests, drawUsers, freshMs } from './lists.js';
import { keepFresh, state } from './live-state.js';
import { drawPlay } from './play-call.js';
import { drawTasks } from './tasks.js';
import { firstLanguage, rememberLanguage, wordsOf } from './words.js';

const overdueEveryMs = 30_000;
const languageSelect = document.getElementById('language');
let isDrawPlanned = false;

function draw() {
  isDrawPlanned = false;
  const words = wordsOf(languageSelect.value);
  document.getElementById('account-name').textContent = state.account.name;
  const connection = document.getElementById('connection');
  connection.dataset.state = state.connection;
  if (connection.textContent !== words[state.connection]) connection.textContent = words[state.connection];
  drawCounts(words);
  drawUsers(words, languageSelect.value);
  drawCalls(words, languageSelect.value);
  drawTasks(words, languageSelect.value);
  drawIncoming(words, languageSelect.value);
  drawLeads(words, languageSelect.value);
  drawClients(words);
  drawRequests(words, languageSelect.value);
  drawCards(words, languageSelect.value);
  drawPlay(words, languageSelect.value);
}

function planDraw() {
  if (isDrawPlanned) return;
  isDrawPlanned = true;
  requestAnimationFrame(draw);
}

function speak() {
  const words = wordsOf(languageSelect.value);
  document.documentElement.lang = languageSelect.value;
  document.title = words.title;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = words[element.dataset.word];
  planDraw();
}

languageSelect.value = firstLanguage();
languageSelect.addEventListener('change', () => {
  rememberLanguage(languageSelect.value);
  speak();
});
speak();

// A task becomes overdue without anything happening.
setInterval(planDraw, overdueEveryMs);

let fading;
keepFresh(() => {
  planDraw();
  clearTimeout(fading);
  fading = setTimeout(planDraw, freshMs);
});
