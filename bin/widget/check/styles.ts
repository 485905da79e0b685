import * as css from 'css-tree';
import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';
import { isMinified, minified } from './minified.ts';
import { textOf } from './text-files.ts';

/** Styles touch nothing but the widget: every selector begins at its own root. */
export function checkStyles(files: ArchiveFiles): Fault[] {
  const paths = [...files.keys()].filter((path) => path.endsWith('.css'));
  const styles = paths.map((file) => ({ file, ...readStyle(textOf(files, file)) }));
  const root = commonRoot(styles.flatMap(({ selectors }) => selectors));
  return styles.flatMap(({ file, selectors, others }) => [
    ...(isMinified(textOf(files, file)) ? [minified(file)] : []),
    ...others.map((fault) => ({ file, ...fault })),
    ...selectors.filter((selector) => !isOwn(selector, root)).map((selector) => foreignSelector(file, selector, root)),
  ]);
}

interface Selector {
  text: string;
  line: number;
  /** The first class or id, after what names the whole page. */
  root: string | undefined;
  /** Of `:root` with nothing but variables, as amoCRM allows. */
  isVariables: boolean;
}

interface Style {
  selectors: Selector[];
  others: Fault[];
}

function readStyle(text: string): Style {
  const style: Style = { selectors: [], others: [] };
  const fault = (line: number | undefined, what: string, whatToDo: string) =>
    style.others.push({ ...(line !== undefined && { line }), what, whatToDo });
  const tree = css.parse(text, {
    ...{ positions: true, parseCustomProperty: false },
    onParseError: (error) => fault(error.line, 'is no valid CSS here.', 'Mend it.'),
    onComment: (comment, place) => {
      if (isDeclaration(comment)) fault(place.start.line, 'has styles in a comment.', 'Take them out.');
    },
  });
  css.walk(tree, function (node) {
    const line = node.loc?.start.line;
    if (node.type === 'Atrule' && node.name === 'import') fault(line, 'imports a file.', 'Put its styles here.');
    if (node.type === 'Url' && /^(https?:)?\/\//.test(node.value)) {
      fault(line, `loads ${node.value} from outside.`, 'Put the file into the archive.');
    }
    const isOfKeyframes = this.atrule !== null && css.keyword(this.atrule.name).basename === 'keyframes';
    if (node.type === 'Rule' && !isOfKeyframes) style.selectors.push(...selectorsOf(node));
  });
  return style;
}

function isDeclaration(comment: string): boolean {
  return /^\s*[a-z-]+\s*:\s*[^;]+;\s*$/m.test(comment) || /\{[^}]*:[^}]*\}/.test(comment);
}

function selectorsOf(rule: css.Rule): Selector[] {
  const selectors: Selector[] = [];
  const isVariables = rule.block.children
    .toArray()
    .every((one) => one.type === 'Declaration' && one.property.startsWith('--'));
  if (rule.prelude.type !== 'SelectorList') return selectors;
  for (const selector of rule.prelude.children.toArray()) {
    const parts = selector.type === 'Selector' ? selector.children.toArray() : [];
    const line = selector.loc?.start.line ?? 1;
    selectors.push({ text: css.generate(selector), line, ...rootOf(parts, isVariables) });
  }
  return selectors;
}

/** `:root[data-color-scheme="dark"]` may stand before: amoCRM's own way to tell its dark colours. */
function rootOf(parts: css.CssNode[], isVariables: boolean): Pick<Selector, 'root' | 'isVariables'> {
  const isWhole = (part: css.CssNode) => part.type === 'PseudoClassSelector' && part.name === 'root';
  const isOfScheme = (part: css.CssNode) => isWhole(part) || part.type === 'AttributeSelector';
  const [first] = parts;
  const start = first && isWhole(first) ? parts.findIndex((part) => !isOfScheme(part)) : 0;
  if (start < 0) return { root: undefined, isVariables };
  const from = parts[start]?.type === 'Combinator' ? start + 1 : start;
  const end = parts.findIndex((part, index) => index >= from && part.type === 'Combinator');
  const compound = parts.slice(from, end < 0 ? undefined : end);
  const own = compound.find((part) => part.type === 'ClassSelector' || part.type === 'IdSelector');
  return { root: own && css.generate(own), isVariables: false };
}

/** What most selectors begin at. */
function commonRoot(selectors: Selector[]): string | undefined {
  const roots = selectors.flatMap(({ root }) => root ?? []);
  const followers = (root: string) => roots.filter((other) => belongsTo(other, root)).length;
  return [...new Set(roots)].toSorted((a, b) => followers(b) - followers(a) || a.length - b.length)[0];
}

/** `.own__part` and `.own--kind` are the widget's own as well as `.own`. */
function belongsTo(name: string, root: string): boolean {
  return name === root || name.startsWith(`${root}__`) || name.startsWith(`${root}-`);
}

function isOwn({ root, isVariables }: Selector, common: string | undefined): boolean {
  return isVariables || (root !== undefined && common !== undefined && belongsTo(root, common));
}

function foreignSelector(file: string, { text, line }: Selector, root: string | undefined): Fault {
  const own = root ?? 'a class of your own';
  return { file, line, what: `“${text}” reaches beyond the widget.`, whatToDo: `Begin it with ${own}.` };
}
