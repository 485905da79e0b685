import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { labelTrace } from '../../workflows/call/trace/label.ts';
import { readTrace, type Trace } from '../../workflows/call/trace/trace.ts';
import { BadInput } from './bad-input.ts';

export async function interpretFile(path: string): Promise<void> {
  const calls = labelTrace(readTraceFile(path));
  process.stdout.write(`${JSON.stringify({ calls }, null, 2)}\n`);
}

/** One trace per line in, one result per line out. @returns the exit code: 2 if a line was bad */
export async function interpretLines(): Promise<number> {
  let exitCode = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const result = resultOfLine(line);
    if ('error' in result) exitCode = 2;
    if (!process.stdout.write(`${JSON.stringify(result)}\n`)) {
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  }
  return exitCode;
}

function resultOfLine(line: string): { calls: unknown[] } | { error: string } {
  try {
    return { calls: labelTrace(parseTrace(line)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

export function readTraceFile(path: string): Trace {
  let text: string;
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new BadInput(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`);
  }
  try {
    return parseTrace(text);
  } catch (error) {
    throw error instanceof BadInput ? new BadInput(`${path}: ${error.message}`) : error;
  }
}

function parseTrace(text: string): Trace {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new BadInput(`no JSON: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`);
  }
  const reading = readTrace(value);
  if ('refused' in reading) throw new BadInput(reading.refused.replace(/\s+/g, ' '));
  return reading.trace;
}
