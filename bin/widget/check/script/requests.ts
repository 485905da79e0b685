import type { AnyNode } from 'acorn';
import type { Fault } from '../fault.ts';
import { keyOf, pathOf } from './paths.ts';
import { faultAt, type Place, placesOf, type Script } from './script.ts';

type Call = Extract<AnyNode, { type: 'CallExpression' | 'NewExpression' }>;

const iterations = ['forEach', 'map', 'each', 'filter', 'some', 'every', 'reduce', 'reduceRight', 'flatMap', 'times'];
/** What they are given is done as often as they are called. */
const followUps = ['then', 'catch', 'finally', 'done', 'fail', 'always', 'setTimeout'];

/** Requests neither hold up the page nor come in loops. */
export function checkRequests(script: Script): Fault[] {
  const calls = placesOf(script, 'CallExpression', 'NewExpression');
  const asking = namesThatAsk(calls);
  const looped = calls
    .filter(({ node }) => isRequest(node) || asking.has(ownName(node) ?? ''))
    .filter(({ node, ancestors }) => isInLoop([...ancestors, node]));
  return [
    ...synchronous(script, calls),
    ...looped.map(({ node }) => {
      const what = `asks in a loop (${pathOf(node.callee).join('.')}).`;
      return faultAt(script, node, what, 'Ask once for all, or one after another, each when it is needed.');
    }),
  ];
}

function synchronous(script: Script, calls: Place<Call>[]): Fault[] {
  const whatToDo = 'Let it be asynchronous: nothing of the page goes on meanwhile.';
  const options = placesOf(script, 'Property').filter(
    ({ node }) => keyOf(node) === 'async' && node.value.type === 'Literal' && node.value.value === false,
  );
  const opened = calls.filter(({ node }) => {
    const [, , flag] = node.arguments;
    return pathOf(node.callee).at(-1) === 'open' && flag?.type === 'Literal' && flag.value === false;
  });
  return [...options, ...opened].map(({ node }) => faultAt(script, node, 'makes a synchronous request.', whatToDo));
}

function isRequest({ callee }: Call): boolean {
  const path = pathOf(callee);
  const [first = '', second = ''] = path;
  const last = path.at(-1) ?? '';
  if (last === 'crm_post' || last === '$authorizedAjax') return true;
  if (path.length === 1) return first === 'fetch' || first === 'XMLHttpRequest';
  const isJquery = first === '$' || first === 'jQuery';
  return isJquery && path.length === 2 && ['ajax', 'get', 'post', 'getJSON'].includes(second);
}

/** Of a function of the script itself: `send()`, `this.send()`. */
function ownName({ callee }: Call): string | undefined {
  const path = pathOf(callee);
  if (path.length === 1) return path[0];
  return path.length === 2 && ['this', 'self', 'that', '_this'].includes(path[0] ?? '') ? path[1] : undefined;
}

/** Names of functions that ask, themselves or through others. */
function namesThatAsk(calls: Place<Call>[]): Set<string> {
  const asking = new Set<string>();
  let before = -1;
  while (before !== asking.size) {
    before = asking.size;
    for (const { node, ancestors } of calls) {
      if (!isRequest(node) && !asking.has(ownName(node) ?? '')) continue;
      const name = functionName(ancestors);
      if (name !== undefined) asking.add(name);
    }
  }
  return asking;
}

/** Of the nearest function around that has a name. */
function functionName(ancestors: readonly AnyNode[]): string | undefined {
  for (let index = ancestors.length - 1; index >= 0; index -= 1) {
    const [outer, inner] = [ancestors[index - 1], ancestors[index]];
    if (!inner || !/Function/.test(inner.type)) continue;
    const name = ('id' in inner && inner.id && 'name' in inner.id && inner.id.name) || (outer && nameGivenBy(outer));
    if (name) return name;
  }
  return undefined;
}

function nameGivenBy(outer: AnyNode): string | undefined {
  if (outer.type === 'VariableDeclarator') return outer.id.type === 'Identifier' ? outer.id.name : undefined;
  if (outer.type === 'AssignmentExpression') return pathOf(outer.left).at(-1);
  return keyOf(outer);
}

/** @param way from the whole script to the call itself */
function isInLoop(way: readonly AnyNode[]): boolean {
  for (let index = way.length - 2; index >= 0; index -= 1) {
    const [outer, inner] = [way[index], way[index + 1]];
    if (!outer || !inner) return false;
    if (isRepeated(outer, inner)) return true;
    if (!/Function/.test(outer.type)) continue;
    const call = way[index - 1];
    if (call?.type !== 'CallExpression') return false;
    const isAtOnce = call.callee === outer;
    const caller = pathOf(call.callee).at(-1) ?? '';
    if (!isAtOnce && iterations.includes(caller)) return true;
    if (!isAtOnce && !followUps.includes(caller)) return false;
  }
  return false;
}

function isRepeated(loop: AnyNode, part: AnyNode): boolean {
  if (loop.type === 'ForStatement') return part !== loop.init;
  if (loop.type === 'ForInStatement' || loop.type === 'ForOfStatement') return part === loop.body;
  return loop.type === 'WhileStatement' || loop.type === 'DoWhileStatement';
}
