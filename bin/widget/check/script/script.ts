import { type AnyNode, type Comment, type Options, type Program, parse } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import type { Fault } from '../fault.ts';

/** A script of the archive, read. */
export interface Script {
  file: string;
  text: string;
  program: Program;
  comments: Comment[];
  /** Each node once, with what it lies in: the nearest last. */
  places: Place[];
  /** All names that the script itself declares, wherever. */
  declared: ReadonlySet<string>;
}

export interface Place<Node = AnyNode> {
  node: Node;
  ancestors: readonly AnyNode[];
}

const options: Options = { ecmaVersion: 'latest', locations: true };

/** @returns what keeps a browser from running it, if it can't be read */
export function readScript(file: string, text: string): Script | Fault {
  const comments: Comment[] = [];
  let program: Program;
  try {
    program = parse(text, { ...options, onComment: comments });
  } catch (error) {
    const { loc, message } = error as SyntaxError & { loc?: { line: number } };
    const what = `is no valid JavaScript: ${message}.`;
    return { file, ...(loc && { line: loc.line }), what, whatToDo: 'Mend it; nothing of the widget would run.' };
  }
  const places: Place[] = [];
  fullAncestor(program, (node, _state, ancestors) => {
    places.push({ node: node as AnyNode, ancestors: ancestors.slice(0, -1) as AnyNode[] });
  });
  return { file, text, program, comments, places, declared: new Set(places.flatMap(({ node }) => declaredBy(node))) };
}

/** All places of one kind. */
export function placesOf<Type extends AnyNode['type']>(
  { places }: Script,
  ...types: Type[]
): Place<Extract<AnyNode, { type: Type }>>[] {
  return places.filter(({ node }) => (types as string[]).includes(node.type)) as Place<
    Extract<AnyNode, { type: Type }>
  >[];
}

export function faultAt({ file }: Script, { loc }: { loc?: AnyNode['loc'] }, what: string, whatToDo: string): Fault {
  return { file, ...(loc && { line: loc.start.line }), what, whatToDo };
}

function declaredBy(node: AnyNode): string[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return namesIn(node.id);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [...(node.id ? [node.id.name] : []), ...node.params.flatMap(namesIn)];
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id ? [node.id.name] : [];
    case 'CatchClause':
      return node.param ? namesIn(node.param) : [];
    default:
      return [];
  }
}

/** Names in a pattern, as on the left of `const { a, b: [c] } =`. */
export function namesIn(pattern: AnyNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesIn(one.type === 'Property' ? one.value : one.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one ? namesIn(one) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}
