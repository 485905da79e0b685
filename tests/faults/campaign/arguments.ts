import { parseArgs } from 'node:util';
import type { TemporalKind } from '../../../bench/load/place.ts';
import { BadInput } from '../../../bin/ringflow-cli/bad-input.ts';
import type { Campaign } from './plan.ts';

const temporals: readonly TemporalKind[] = ['dev-server', 'postgres'];

export interface CampaignArguments {
  campaign: Campaign;
  /** Processes. */
  workers: number;
  temporal: TemporalKind;
  /** Between two looks at memory and open handles; 0: none. */
  watchSeconds: number;
  /** After which what is not settled counts as lost. */
  patienceSeconds: number;
}

interface Quantity {
  default: number;
  least: number;
  /** True if it must be a whole number. */
  isWhole?: true;
}

/** Shorter is none. */
const momentSeconds = 0.1;
const quantities = {
  seed: { default: 1, least: 0, isWhole: true },
  seconds: { default: 120, least: 1 },
  'per-second': { default: 5, least: 0.01 },
  'calls-of-number': { default: 3, least: 1 },
  /** Seconds between two clicks on a number. */
  'click-every': { default: 3, least: momentSeconds },
  /** Seconds between two faults, on average. */
  every: { default: 10, least: momentSeconds },
  workers: { default: 1, least: 1, isWhole: true },
  watch: { default: 0, least: 0 },
  patience: { default: 600, least: 0 },
} satisfies Record<string, Quantity>;
type Name = keyof typeof quantities;

/** @throws BadInput */
export function readArguments(args: string[]): CampaignArguments {
  const values = valuesOf(args);
  const quantity = (name: Name) => quantityOf(name, values[name]);
  const temporal = temporals.find((one) => one === (values.temporal ?? 'dev-server'));
  if (!temporal) throw new BadInput(`--temporal is one of ${temporals.join(', ')}, not "${values.temporal}".`);
  return {
    campaign: {
      ...{ seed: quantity('seed'), seconds: quantity('seconds'), perSecond: quantity('per-second') },
      ...{ callsOfNumber: quantity('calls-of-number'), clickEverySeconds: quantity('click-every') },
      faultEverySeconds: quantity('every'),
    },
    ...{ workers: quantity('workers'), temporal },
    ...{ watchSeconds: quantity('watch'), patienceSeconds: quantity('patience') },
  };
}

function valuesOf(args: string[]): Partial<Record<Name | 'temporal', string>> {
  const names = [...Object.keys(quantities), 'temporal'];
  try {
    return parseArgs({ args, options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) }).values;
  } catch (error) {
    const options = names.map((name) => `--${name}`).join(', ');
    throw new BadInput(`${(error as Error).message.split(/\. |\n/)[0]}. Options here: ${options}.`);
  }
}

function quantityOf(name: Name, text: string | undefined): number {
  const { default: usual, least, isWhole }: Quantity = quantities[name];
  const value = text === undefined ? usual : Number(text.trim() || Number.NaN);
  if (Number.isFinite(value) && value >= least && (!isWhole || Number.isSafeInteger(value))) return value;
  throw new BadInput(`--${name} is a ${isWhole ? 'whole ' : ''}number from ${least} on, not "${text}".`);
}
