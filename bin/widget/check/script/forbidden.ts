import type { AnyNode } from 'acorn';
import type { Fault } from '../fault.ts';
import { isGlobal, pathOf, textIn } from './paths.ts';
import { faultAt, placesOf, type Script } from './script.ts';

const sayItElse = 'Say it in an element of the widget.';
const noCodeInText = 'Write a function: amoCRM can’t trust code that is made of text.';

/** What may not be called at all. */
export function checkForbidden(script: Script): Fault[] {
  const calls = placesOf(script, 'CallExpression', 'NewExpression').flatMap(({ node }) => {
    const path = pathOf(node.callee);
    const [name = ''] = path;
    if (isGlobal(script, path, 'eval', 'Function')) return faultAt(script, node, `calls ${name}.`, noCodeInText);
    if (isGlobal(script, path, 'alert', 'confirm')) return faultAt(script, node, `calls ${name}.`, sayItElse);
    const isTimer = isGlobal(script, path, 'setTimeout', 'setInterval');
    if (isTimer && isText(node.arguments[0])) return faultAt(script, node, `gives ${name} a text.`, noCodeInText);
    return isVirtualClick(node) ? faultAt(script, node, 'clicks a button of amoCRM.', 'Leave it to the person.') : [];
  });
  const stops = placesOf(script, 'DebuggerStatement').map(({ node }) =>
    faultAt(script, node, 'stops for a debugger.', 'Take it out.'),
  );
  return [...calls, ...stops];
}

function isText(node: AnyNode | undefined): boolean {
  if (node?.type === 'BinaryExpression') return isText(node.left) || isText(node.right);
  return textIn(node) !== undefined;
}

/** Of the buttons Install and Disable, told by the selector. */
function isVirtualClick(node: AnyNode): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const last = pathOf(node.callee).at(-1);
  const isClick =
    (last === 'click' && node.arguments.length === 0) ||
    (/^trigger/.test(last ?? '') && textIn(node.arguments[0]) === 'click');
  return isClick && selectorsIn(node.callee.object).some((selector) => /install|disable/i.test(selector));
}

function selectorsIn(node: AnyNode): string[] {
  if (node.type === 'MemberExpression') return selectorsIn(node.object);
  if (node.type !== 'CallExpression') return [];
  return [...node.arguments.flatMap((one) => textIn(one) ?? []), ...selectorsIn(node.callee)];
}
