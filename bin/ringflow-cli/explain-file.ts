import { addRows, type Explanation, endOpenCalls, explain, noFacts } from '../../workflows/call/interpret/index.ts';
import { readTraceFile } from './interpret-file.ts';
import { drawBars } from './picture.ts';

/** Prints each call of a trace: what was concluded, when who did what, and the rows that tell so. */
export async function explainFile(path: string): Promise<void> {
  const { rows, cdr, pbx, doubts } = readTraceFile(path);
  const facts = noFacts(rows[0]?.linkedid ?? '');
  addRows(facts, rows);
  endOpenCalls(facts);
  const calls = explain(facts, pbx, cdr);
  const pages = calls.map((explanation, index) => page(explanation, index + 1, calls.length));
  process.stdout.write(`${[...doubts.map((doubt) => `! ${printable(doubt)}`), ...pages].join('\n\n')}\n`);
}

function page({ call, conclusions, bars }: Explanation, number: number, count: number): string {
  const title = `Call ${number} of ${count}: ${call.direction ?? 'unknown direction'}, ${call.result ?? 'going on'}`;
  const widest = Math.max(...conclusions.map((one) => one.about.length));
  const lines = conclusions.map(
    ({ about, value, rowIds }) =>
      `  ${about.padEnd(widest)}  ${value}  ${rowIds.length > 0 ? `[rows ${rowIds.join(' ')}]` : ''}`,
  );
  const times = `talked ${call.talkSeconds} s, waited ${call.waitSeconds} s, on hold ${call.heldSeconds} s`;
  const doubts = call.doubts.map((doubt) => `  ! ${doubt}`);
  return [title, `  ${times}`, ...drawBars(bars, call), ...lines, ...doubts].map(printable).join('\n');
}

/** Names come from outside: nothing in them may steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
