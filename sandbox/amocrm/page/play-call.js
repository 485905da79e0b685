import { make } from './draw.js';
import { state } from './live-state.js';
import { scenarioGroups, titleOf } from './scenarios.js';

const statusEveryMs = 3000;
const noAnswerOfPlayer = 502;
const byId = (id) => document.getElementById(id);

let scenarios = [];
let status = { automatic: false, playing: 0 };
/** A word that is said until the next thing happens, with what the player said itself. */
let message = { word: '', detail: '' };
let words;
let language;

/** Shows the control when a PBX player is configured. Called again with the words of another language. */
export function drawPlay(newWords, newLanguage) {
  byId('play').hidden = !state.hasPbx;
  if (!state.hasPbx) return;
  const isFirst = words === undefined;
  const isOtherLanguage = language !== newLanguage;
  words = newWords;
  language = newLanguage;
  if (isFirst) start();
  if (isOtherLanguage) drawScenarios();
  drawStatus();
}

function start() {
  byId('play-button').onclick = playChosen;
  byId('automatic').onclick = switchAutomatic;
  byId('scenario').onchange = describeChosen;
  readStatus();
  setInterval(readStatus, statusEveryMs);
}

async function ask(path, body) {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/sandbox/pbx/${path}`, body === undefined ? {} : options).catch(() => undefined);
  if (response?.ok) return response.status === 204 ? null : response.json();
  if (!response || response.status === noAnswerOfPlayer) throw new Error();
  const { error } = await response.json().catch(() => ({}));
  throw new Error(error);
}

async function playChosen() {
  const button = byId('play-button');
  button.disabled = true;
  try {
    await ask('play', { name: byId('scenario').value });
    await readStatus();
    say('played');
  } catch (error) {
    complain(error);
  }
  button.disabled = false;
}

async function switchAutomatic() {
  try {
    await ask('automatic', { on: !status.automatic });
    await readStatus();
    say('');
  } catch (error) {
    complain(error);
  }
}

async function readStatus() {
  if (!state.hasPbx) return;
  try {
    const { playing } = status;
    status = await ask('status');
    if (scenarios.length === 0) {
      scenarios = await ask('scenarios');
      drawScenarios();
    }
    if (message.word !== 'played' || (playing > 0 && status.playing === 0)) message = { word: '', detail: '' };
    drawStatus();
  } catch (error) {
    complain(error);
  }
}

function drawScenarios() {
  const chosen = byId('scenario').value;
  const groups = scenarioGroups.map((group) => {
    const names = Object.keys(group.scenarios).filter((name) => scenarios.some((each) => each.name === name));
    return { label: group[language], names };
  });
  const grouped = new Set(groups.flatMap(({ names }) => names));
  const others = scenarios.map(({ name }) => name).filter((name) => !grouped.has(name));
  const optionOf = (name) => {
    const scenario = scenarios.find((each) => each.name === name);
    return make('option', { value: name }, titleOf(scenario, language));
  };
  byId('scenario').replaceChildren(
    ...[...groups, { label: words.otherScenarios, names: others }]
      .filter(({ names }) => names.length > 0)
      .map(({ label, names }) => make('optgroup', { label }, ...names.map(optionOf))),
  );
  if (scenarios.some(({ name }) => name === chosen)) byId('scenario').value = chosen;
  describeChosen();
}

function describeChosen() {
  const name = byId('scenario').value;
  byId('scenario-description').textContent = name ? `${words.recordedAs}: ${name}` : '';
}

function drawStatus() {
  const isSilent = message.word === 'pbxSilent';
  byId('automatic').textContent = status.automatic ? words.stopAutomatic : words.startAutomatic;
  byId('automatic').disabled = isSilent;
  byId('play-button').disabled = isSilent || scenarios.length === 0;
  const line = byId('play-status');
  const going = `${status.automatic ? words.automaticOn : words.automaticOff} ${words.playing}: ${status.playing}.`;
  const said = [words[message.word], message.detail].filter(Boolean).join(' ');
  const text = isSilent ? said : [said, going].filter(Boolean).join(' ');
  // written only when it is new: a screen reader reads every change aloud
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle('trouble', isSilent || message.word === 'playRefused');
}

function say(word, detail = '') {
  message = { word, detail };
  drawStatus();
}

function complain(error) {
  if (error.message) say('playRefused', error.message);
  else say('pbxSilent');
}
