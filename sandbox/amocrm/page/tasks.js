import { dayAndTime, make, phoneText } from './draw.js';
import { state } from './live-state.js';

const shownTasks = 60;

const area = document.getElementById('tasks');
const trouble = document.getElementById('tasks-trouble');
/** Rows that stand, by the task's id, each with what it was made of. */
let rows = new Map();

/** Lists the open tasks, the most urgent first. A row that stays is not made anew: somebody may just press its button. */
export function drawTasks(words, language) {
  const open = state.tasks
    .filter((task) => !task.isCompleted)
    .toSorted((a, b) => a.completeTillSeconds - b.completeTillSeconds || a.id - b.id);
  const known = rows;
  rows = new Map(open.slice(0, shownTasks).map((task) => [task.id, rowOf(words, language, task, known)]));
  const wanted = [...rows.values()].map(({ element }) => element);
  const isSame = wanted.length === area.children.length && wanted.every((each, index) => each === area.children[index]);
  if (!isSame) put(wanted);
  document.getElementById('no-tasks').hidden = open.length > 0;
  const hidden = open.length - wanted.length;
  document.getElementById('more-tasks').textContent = hidden > 0 ? `${words.moreTasks}: ${hidden}` : '';
}

function put(elements) {
  const focused = document.activeElement;
  const hadFocus = area.contains(focused);
  area.replaceChildren(...elements);
  if (!hadFocus) return;
  // The keyboard stays where it was; if its task has gone, it stays in the section.
  if (area.contains(focused)) focused.focus();
  else document.getElementById('tasks-title').focus();
}

function rowOf(words, language, task, known) {
  const user = state.users.find((each) => each.id === task.responsibleUserId);
  const isLate = task.completeTillSeconds * 1000 < Date.now();
  const look = JSON.stringify([language, task, user?.name, isLate]);
  const row = known.get(task.id);
  return row?.look === look ? row : { look, element: rowElement(words, language, task, user, isLate) };
}

function rowElement(words, language, task, user, isLate) {
  const done = make('button', { type: 'button', 'aria-label': `${words.taskDone}: ${task.text}` }, words.taskDone);
  done.addEventListener('click', () => complete(words, task));
  const deadline = dayAndTime(task.completeTillSeconds, language);
  const client = task.entityType === null ? words.noClient : phoneText(task.entityName || words.noName);
  return make(
    'li',
    { 'data-testid': 'task-row', 'data-task': String(task.id), class: 'task' },
    make(
      'div',
      { class: 'task-body' },
      make('p', { class: 'task-text' }, task.text),
      make(
        'p',
        { class: 'task-facts' },
        make('span', {}, client, ' ', make('span', { class: 'quiet' }, words[task.entityType] ?? '')),
        make('span', {}, `${words.taskFor} ${user?.name ?? task.responsibleUserId}`),
        make(
          'span',
          { class: isLate ? 'tag warn' : 'tag' },
          `${isLate ? words.taskLate : words.taskUntil} ${deadline}`,
        ),
      ),
    ),
    done,
  );
}

// The button isn't disabled meanwhile: the keyboard would lose its place, and to press twice does no harm.
async function complete(words, task) {
  const response = await fetch(`/sandbox/tasks/${task.id}/completed`, { method: 'PUT' }).catch(() => undefined);
  trouble.textContent = response?.ok ? '' : words.taskNotDone;
}
