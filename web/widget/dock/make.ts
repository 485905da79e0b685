/** Makes an element. Whatever comes from outside goes in as text, never as markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Shows the text, or nothing of the element if there is none. */
export function say(element: HTMLElement, text: string | undefined): void {
  const isSilent = text === undefined || text === '';
  element.textContent = isSilent ? '' : text;
  element.hidden = isSilent;
}

/**
 * A link to a page of amoCRM; leads nowhere and is not shown without an address. By its class amoCRM knows that it can
 * change the page without loading all anew.
 */
export function lead(link: HTMLAnchorElement, href: string | undefined, text: string): void {
  link.classList.add('js-navigate-link');
  link.textContent = text;
  link.hidden = href === undefined;
  if (href !== undefined) link.href = href;
}
