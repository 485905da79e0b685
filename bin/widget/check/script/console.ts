import type { AnyNode } from 'acorn';
import type { Fault } from '../fault.ts';
import { pathOf } from './paths.ts';
import { faultAt, type Place, placesOf, type Script } from './script.ts';

const whatToDo = 'Use console.debug for what matters, console.trace where an error is caught, and nothing else.';

/** `console.debug` anywhere, `console.trace` where an error is handled; nothing else of it. */
export function checkConsole(script: Script): Fault[] {
  if (script.declared.has('console')) return [];
  return placesOf(script, 'Identifier')
    .filter(({ node, ancestors }) => node.name === 'console' && !isMereKey(node, ancestors.at(-1)))
    .filter((place) => !isAllowed(place))
    .map(({ node, ancestors }) => faultAt(script, node, `uses ${methodOf(node, ancestors)}.`, whatToDo));
}

function isMereKey(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (parent?.type === 'Property') return parent.key === node && !parent.shorthand;
  return parent?.type === 'MemberExpression' && parent.property === node && pathOf(parent).join() !== 'console';
}

function methodOf(node: AnyNode, ancestors: readonly AnyNode[]): string {
  const outer = ancestors.findLast((one) => one.type === 'MemberExpression' && one.property !== node);
  return outer ? pathOf(outer).join('.') : 'console';
}

function isAllowed({ node, ancestors }: Place): boolean {
  const method = methodOf(node, ancestors);
  return method === 'console.debug' || (method === 'console.trace' && isInCatch(ancestors));
}

function isInCatch(ancestors: readonly AnyNode[]): boolean {
  return ancestors.some((one, index) => {
    if (one.type === 'CatchClause') return true;
    const call = ancestors[index - 1];
    if (call?.type !== 'CallExpression') return false;
    const method = pathOf(call.callee).at(-1);
    const at = call.arguments.indexOf(one as (typeof call.arguments)[number]);
    return (method === 'then' && at === 1) || ((method === 'catch' || method === 'fail') && at === 0);
  });
}
