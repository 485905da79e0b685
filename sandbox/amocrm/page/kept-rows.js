/**
 * A list whose rows are made anew only if they look different: somebody may just press a button there. The keyboard
 * stays where it was; if its row has gone, it stays in the section.
 *
 * @param {HTMLElement} area
 * @param {HTMLElement} title of the section; can be focused
 * @returns {(rows: { key: unknown, look: string, make: () => HTMLElement }[]) => void}
 */
export function keptRows(area, title) {
  let known = new Map();
  return (rows) => {
    const drawn = rows.map(({ key, look, make }) => {
      const row = known.get(key);
      return [key, row?.look === look ? row : { look, element: make() }];
    });
    const place = placeOfKeyboard(area, known);
    known = new Map(drawn);
    const wanted = [...known.values()].map(({ element }) => element);
    const isSame =
      wanted.length === area.children.length && wanted.every((each, index) => each === area.children[index]);
    if (isSame) return;
    area.replaceChildren(...wanted);
    if (place) (controlsOf(known.get(place.key)?.element)[place.index] ?? title).focus();
  };
}

function placeOfKeyboard(area, known) {
  const focused = document.activeElement;
  if (!area.contains(focused)) return null;
  const [key, row] = [...known].find(([, { element }]) => element.contains(focused)) ?? [];
  return { key, index: controlsOf(row?.element).indexOf(focused) };
}

function controlsOf(element) {
  return element ? [...element.querySelectorAll('button, select')] : [];
}
