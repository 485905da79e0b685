/** An element that knows only text: whoever hands it markup fails. */
class TextElement {
  readonly tag: string;
  readonly attributes = new Map<string, string>();
  readonly dataset: Record<string, string> = {};
  childNodes: (TextElement | string)[] = [];
  hidden = false;

  constructor(tag: string) {
    this.tag = tag;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  append(...nodes: (TextElement | string)[]): void {
    this.childNodes.push(...nodes);
  }

  prepend(...nodes: (TextElement | string)[]): void {
    this.childNodes.unshift(...nodes);
  }

  replaceChildren(...nodes: (TextElement | string)[]): void {
    this.childNodes = nodes;
  }

  addEventListener(): void {}

  get children(): TextElement[] {
    return this.childNodes.filter((node) => typeof node !== 'string');
  }

  get cells(): TextElement[] {
    return this.children;
  }

  contains(node: TextElement | null): boolean {
    return node !== null && this.all().includes(node);
  }

  set textContent(text: string) {
    this.childNodes = text === '' ? [] : [text];
  }

  get textContent(): string {
    return this.childNodes.map((node) => (typeof node === 'string' ? node : node.textContent)).join('');
  }

  set innerHTML(_: string) {
    throw new Error('Markup was made of text');
  }

  set outerHTML(_: string) {
    throw new Error('Markup was made of text');
  }

  insertAdjacentHTML(): void {
    throw new Error('Markup was made of text');
  }

  /** Itself and all below it. */
  all(): TextElement[] {
    return [this, ...this.children.flatMap((child) => child.all())];
  }
}

/** A document for the page's scripts, in which an element of any id is there. */
export function textDocument() {
  const known = new Map<string, TextElement>();
  return {
    activeElement: null,
    createElement: (tag: string) => new TextElement(tag),
    getElementById(id: string): TextElement {
      const element = known.get(id) ?? new TextElement('div');
      known.set(id, element);
      return element;
    },
  };
}
