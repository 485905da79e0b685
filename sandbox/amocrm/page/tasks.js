import { dayAndTime, make, phoneText } from './draw.js';
import { keptRows } from './kept-rows.js';
import { state } from './live-state.js';

const shownTasks = 60;

const trouble = document.getElementById('tasks-trouble');
const drawRows = keptRows(document.getElementById('tasks'), document.getElementById('tasks-title'));

/** Lists the open tasks, the most urgent first. */
export function drawTasks(words, language) {
  const open = state.tasks
    .filter((task) => !task.isCompleted)
    .toSorted((a, b) => a.completeTillSeconds - b.completeTillSeconds || a.id - b.id);
  drawRows(open.slice(0, shownTasks).map((task) => rowOf(words, language, task)));
  document.getElementById('no-tasks').hidden = open.length > 0;
  const hidden = open.length - shownTasks;
  document.getElementById('more-tasks').textContent = hidden > 0 ? `${words.moreTasks}: ${hidden}` : '';
}

function rowOf(words, language, task) {
  const user = state.users.find((each) => each.id === task.responsibleUserId);
  const isLate = task.completeTillSeconds * 1000 < Date.now();
  return {
    key: task.id,
    look: JSON.stringify([language, task, user?.name, isLate]),
    make: () => rowElement(words, language, task, user, isLate),
  };
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
