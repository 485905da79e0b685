import type { AnyNode } from 'acorn';
import type { Fault } from '../fault.ts';
import { pathOf } from './paths.ts';
import { faultAt, namesIn, placesOf, type Script } from './script.ts';

const changing = ['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse'];
const filling = ['assign', 'defineProperty', 'defineProperties', 'extend'];
/** Documented as a place for handlers of widgets. */
const allowed = 'APP.widgets.legal_handlers';

/** A widget reads amoCRM's own objects and leaves them as they are; its own variables are declared. */
export function checkGlobals(script: Script): Fault[] {
  const written = [
    ...placesOf(script, 'AssignmentExpression').map(({ node }) => ({ node, target: node.left })),
    ...placesOf(script, 'UpdateExpression').map(({ node }) => ({ node, target: node.argument })),
    ...placesOf(script, 'UnaryExpression').flatMap(({ node }) =>
      node.operator === 'delete' ? [{ node, target: node.argument }] : [],
    ),
    ...placesOf(script, 'CallExpression').flatMap(({ node }) => {
      const target = changedBy(node);
      return target ? [{ node, target }] : [];
    }),
  ];
  const ofAmocrm = written
    .filter(({ target }) => isAmocrms(target))
    .map(({ node, target }) => {
      return faultAt(script, node, `changes ${pathOf(target).join('.')}.`, 'Only read it: it belongs to amoCRM.');
    });
  return [...ofAmocrm, ...undeclared(script)];
}

function isAmocrms(target: AnyNode): boolean {
  const path = pathOf(target);
  return (path[0] === 'APP' || path[0] === 'AMOCRM') && path.join('.') !== allowed;
}

/** What a call writes into. */
function changedBy(call: Extract<AnyNode, { type: 'CallExpression' }>): AnyNode | undefined {
  const { callee, arguments: given } = call;
  const last = pathOf(callee).at(-1) ?? '';
  if (filling.includes(last)) return given[0];
  if (callee.type !== 'MemberExpression') return undefined;
  if (changing.includes(last)) return callee.object;
  return last === 'constant' && given.length > 1 ? callee : undefined;
}

function undeclared(script: Script): Fault[] {
  return placesOf(script, 'AssignmentExpression')
    .flatMap(({ node }) => namesIn(node.left).map((name) => ({ node, name })))
    .filter(({ name }) => !script.declared.has(name) && name !== 'APP' && name !== 'AMOCRM')
    .map(({ node, name }) => faultAt(script, node, `sets ${name}, which is not declared.`, 'Declare it.'));
}
