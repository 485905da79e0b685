import { posix } from 'node:path';
import type { AnyNode, CallExpression } from 'acorn';
import type { ArchiveFiles } from '../archive-files.ts';
import type { Fault } from '../fault.ts';
import { keyOf, pathOf, textIn } from './paths.ts';
import { faultAt, placesOf, type Script } from './script.ts';

const neededCallbacks = ['render', 'init', 'bind_actions', 'onSave'];

/** A script is one AMD module; that of the widget sets its callbacks. */
export function checkModule(script: Script, files: ArchiveFiles): Fault[] {
  const definition = definitionOf(script);
  if (!definition) {
    const whatToDo = "Write the whole as define(['jquery'], function ($) { … }).";
    return [faultAt(script, script.program, 'is no AMD module.', whatToDo)];
  }
  return [
    ...dependenciesOf(definition).flatMap((name) => checkDependency(script, definition, name, files)),
    ...(script.file === 'script.js' ? checkCallbacks(script, definition) : []),
  ];
}

function definitionOf({ program }: Script): CallExpression | undefined {
  const statements = program.body.filter((one) => !(one.type === 'ExpressionStatement' && one.directive));
  const [first] = statements;
  const call = first?.type === 'ExpressionStatement' ? first.expression : undefined;
  const isDefinition = call?.type === 'CallExpression' && pathOf(call.callee).join('.') === 'define';
  return statements.length === 1 && isDefinition ? call : undefined;
}

function dependenciesOf({ arguments: given }: CallExpression): string[] {
  const list = given.find((one) => one.type === 'ArrayExpression');
  return list?.elements.flatMap((one) => textIn(one as AnyNode) ?? []) ?? [];
}

function checkDependency(script: Script, at: CallExpression, name: string, files: ArchiveFiles): Fault[] {
  if (/^(\w+:)?\/\//.test(name)) {
    return [faultAt(script, at, `depends on ${name}, outside of the archive.`, 'Put the file into the archive.')];
  }
  if (!name.startsWith('.')) return []; // of amoCRM
  const path = posix.join(posix.dirname(script.file), name);
  const isThere = files.has(path) || files.has(`${path}.js`);
  return isThere ? [] : [faultAt(script, at, `depends on ${name}, which is not in the archive.`, 'Add the file.')];
}

function checkCallbacks(script: Script, at: CallExpression): Fault[] {
  const assigned = placesOf(script, 'AssignmentExpression').filter(
    ({ node }) => pathOf(node.left).at(-1) === 'callbacks',
  );
  if (assigned.length === 0) {
    return [faultAt(script, at, 'sets no callbacks.', `Set this.callbacks with ${neededCallbacks.join(', ')}.`)];
  }
  return assigned.flatMap(({ node }) => {
    if (node.right.type !== 'ObjectExpression') return []; // made elsewhere: it can't be told
    const names = node.right.properties.map(keyOf);
    return neededCallbacks
      .filter((name) => !names.includes(name))
      .map((name) => faultAt(script, node, `has no callback ${name}.`, 'amoCRM needs it; let it return true.'));
  });
}
