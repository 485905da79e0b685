import { type Comment, parse, type Statement } from 'acorn';
import type { Fault } from '../fault.ts';
import { faultAt, type Script } from './script.ts';

/** Comments explain; code that was put aside is not left in them. */
export function checkComments(script: Script): Fault[] {
  return script.comments
    .filter(isCode)
    .map((comment) => faultAt(script, comment, 'has code in a comment.', 'Take it out; let comments explain.'));
}

function isCode({ value }: Comment): boolean {
  if (value.startsWith('*')) return false; // describes what follows, maybe by an example
  try {
    const { body } = parse(value.trim(), { ecmaVersion: 'latest', allowReturnOutsideFunction: true });
    return body.some((statement) => doesSomething(statement as Statement));
  } catch {
    return false;
  }
}

/** A word or two of plain English may be valid JavaScript too. */
function doesSomething(statement: Statement): boolean {
  if (statement.type === 'LabeledStatement' || statement.type === 'EmptyStatement') return false;
  if (statement.type !== 'ExpressionStatement') return true;
  return ['CallExpression', 'AssignmentExpression', 'UpdateExpression', 'AwaitExpression', 'NewExpression'].includes(
    statement.expression.type,
  );
}
