import type { AnyNode } from 'acorn';
import type { Fault } from '../fault.ts';
import { isGlobal, pathOf, textIn } from './paths.ts';
import { faultAt, placesOf, type Script } from './script.ts';

const whatToDo = 'Put the script into the archive, and name it among the dependencies of define.';

/** No script comes from elsewhere than the archive. */
export function checkOutside(script: Script): Fault[] {
  const calls = placesOf(script, 'CallExpression', 'NewExpression')
    .filter(({ node }) => bringsScript(script, node))
    .map(({ node }) => faultAt(script, node, `brings in a script (${pathOf(node.callee).join('.')}).`, whatToDo));
  const imports = placesOf(script, 'ImportExpression').map(({ node }) =>
    faultAt(script, node, 'brings in a script (import).', whatToDo),
  );
  const markup = placesOf(script, 'Literal', 'TemplateLiteral')
    .filter(({ node }) => /<script\b/i.test(textIn(node) ?? ''))
    .map(({ node }) => faultAt(script, node, 'writes a script element.', whatToDo));
  return [...calls, ...imports, ...markup];
}

function bringsScript(script: Script, node: Extract<AnyNode, { type: 'CallExpression' | 'NewExpression' }>): boolean {
  const path = pathOf(node.callee);
  const last = path.at(-1);
  const [first] = node.arguments;
  if (last === 'createElement' || last === 'createElementNS') {
    return node.arguments.some((one) => textIn(one)?.toLowerCase() === 'script');
  }
  if (last === 'getScript' || isGlobal(script, path, 'importScripts')) return true;
  if (isGlobal(script, path, 'require', 'requirejs')) return hasOutsideAddress(first);
  return isGlobal(script, path, 'Worker', 'SharedWorker') && hasOutsideAddress(first);
}

function hasOutsideAddress(node: AnyNode | undefined): boolean {
  const given = node?.type === 'ArrayExpression' ? node.elements : [node];
  return given.some((one) => /^(\w+:)?\/\//.test(textIn(one) ?? ''));
}
