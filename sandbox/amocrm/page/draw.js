/**
 * Makes an element. Whatever comes from outside goes in as text, never as markup.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param {number} seconds */
export function minutesAndSeconds(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * @param {string} iso
 * @param {string} language
 */
export function clockTime(iso, language) {
  return new Date(iso).toLocaleTimeString(language, {
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/**
 * @param {number} unixSeconds
 * @param {string} language
 */
export function dayAndTime(unixSeconds, language) {
  const time = new Date(unixSeconds * 1000);
  const isThisYear = time.getFullYear() === new Date().getFullYear();
  return time.toLocaleString(language, {
    ...(!isThisYear && { year: 'numeric' }),
    day: 'numeric',
    month: 'short',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** `79161234567` → `+7 916 123-45-67`; other numbers as they are. */
export function phoneText(phone) {
  const match = /^\+?7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone);
  return match ? `+7 ${match[1]} ${match[2]}-${match[3]}-${match[4]}` : phone;
}

/**
 * A table whose cells know their heading, so that on a narrow screen each row can stand as a block.
 *
 * @param {string[]} headings
 * @param {HTMLTableRowElement[]} rows
 * @param {string} title
 */
export function table(headings, rows, title) {
  for (const row of rows) {
    [...row.cells].forEach((cell, index) => {
      cell.dataset.heading = headings[index] ?? '';
      cell.replaceChildren(make('div', {}, ...cell.childNodes));
    });
  }
  return make(
    'table',
    { 'aria-label': title },
    make('thead', {}, make('tr', {}, ...headings.map((heading) => make('th', { scope: 'col' }, heading)))),
    make('tbody', {}, ...rows),
  );
}
