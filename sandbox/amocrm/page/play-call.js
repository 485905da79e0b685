import { make } from './draw.js';
import { state } from './live-state.js';

const statusEveryMs = 5000;
const byId = (id) => document.getElementById(id);

let scenarios = [];
let automatic = false;
let words;

/** Shows the control when a PBX player is configured. Called again with the words of another language. */
export function drawPlay(newWords) {
  const isFirst = words === undefined;
  words = newWords;
  byId('play').hidden = !state.hasPbx;
  if (!state.hasPbx) {
    words = undefined;
    return;
  }
  if (isFirst) start();
  drawAutomatic();
}

function start() {
  byId('play-button').onclick = playChosen;
  byId('automatic').onclick = switchAutomatic;
  byId('scenario').onchange = describeChosen;
  readScenarios();
  readStatus();
  setInterval(readStatus, statusEveryMs);
}

async function ask(path, body) {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/sandbox/pbx/${path}`, body === undefined ? {} : options);
  if (!response.ok) throw new Error(`The PBX player was asked in vain: ${response.status}`);
  return response.status === 204 ? null : response.json();
}

async function readScenarios() {
  try {
    scenarios = await ask('scenarios');
    const options = scenarios.map(({ name }) => make('option', { value: name }, name));
    byId('scenario').replaceChildren(...(options.length > 0 ? options : [make('option', {}, words.noScenarios)]));
    byId('play-button').disabled = options.length === 0;
    describeChosen();
  } catch {
    say('pbxSilent');
  }
}

function describeChosen() {
  const chosen = scenarios.find(({ name }) => name === byId('scenario').value);
  byId('scenario-description').textContent = chosen?.description ?? '';
}

async function playChosen() {
  const button = byId('play-button');
  button.disabled = true;
  try {
    await ask('play', { name: byId('scenario').value });
    say('played');
    await readStatus();
  } catch {
    say('pbxSilent');
  }
  button.disabled = false;
}

async function switchAutomatic() {
  try {
    await ask('automatic', { on: !automatic });
    await readStatus();
  } catch {
    say('pbxSilent');
  }
}

async function readStatus() {
  if (!state.hasPbx) return;
  try {
    const status = await ask('status');
    automatic = status.automatic;
    drawAutomatic();
    if (byId('play-status').dataset.said !== 'played' || status.playing > 0) {
      byId('play-status').textContent = `${words.playing}: ${status.playing}`;
      byId('play-status').dataset.said = '';
    }
    if (scenarios.length === 0) await readScenarios();
  } catch {
    say('pbxSilent');
  }
}

function drawAutomatic() {
  byId('automatic').textContent = automatic ? words.automaticOn : words.automaticOff;
  byId('automatic').setAttribute('aria-pressed', String(automatic));
}

function say(word) {
  byId('play-status').textContent = words[word];
  byId('play-status').dataset.said = word;
}
