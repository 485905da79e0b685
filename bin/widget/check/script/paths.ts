import type { AnyNode } from 'acorn';
import type { Script } from './script.ts';

const windows = ['window', 'globalThis'];

/**
 * How something is reached: `$.ajax` is `['$', 'ajax']`, `window.alert` is `['alert']`, `$('a').click` is
 * `['$', '()', 'click']`. What can't be told is `?`.
 */
export function pathOf(node: AnyNode): string[] {
  const [first, ...others] = longPathOf(node);
  return first !== undefined && windows.includes(first) && others.length > 0 ? others : [first ?? '?', ...others];
}

function longPathOf(node: AnyNode): string[] {
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'ThisExpression':
      return ['this'];
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return longPathOf(node.expression);
    case 'MemberExpression':
      return [...longPathOf(node.object), memberName(node.property, node.computed)];
    case 'CallExpression':
      return [...longPathOf(node.callee), '()'];
    default:
      return ['?'];
  }
}

function memberName(property: AnyNode, isComputed: boolean): string {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (property.type === 'Identifier' && !isComputed) return property.name;
  return textIn(property) ?? '?';
}

/** What stands in quotes. */
export function textIn(node: AnyNode | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral') return node.quasis.map((quasi) => quasi.value.cooked ?? '').join('…');
  return undefined;
}

/** Name of a property in an object, a class or an assignment. */
export function keyOf(node: AnyNode): string | undefined {
  if (node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
    return memberName(node.key, node.computed);
  }
  return undefined;
}

/** A name that the browser gives, and the script itself does not. */
export function isGlobal({ declared }: Script, path: readonly string[], ...names: string[]): boolean {
  return path.length === 1 && names.includes(path[0] ?? '') && !declared.has(path[0] ?? '');
}
