import { make } from './draw.js';

let player;

/** amoCRM loads the recording of a call by its link, in the browser of whoever presses the button. */
export function playButton(link, words) {
  const button = make('button', { type: 'button', 'aria-label': words.listen }, '▶');
  button.addEventListener('click', () => play(link));
  return button;
}

/** The player stands beside the calls: they are drawn anew whenever something happens. */
function play(link) {
  if (!player) {
    player = make('audio', { controls: '' });
    document.getElementById('calls').after(player);
  }
  player.src = link;
  void player.play().catch(() => undefined); // the player shows it
}
