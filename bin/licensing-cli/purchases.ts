import { movePurchase, releasePurchase } from '../../licensing/sales/move.ts';
import type { Purchase } from '../../licensing/sales/purchase.ts';
import { awaitInvoice, correctEnd, extend, giveBack, replaceKey, revoke, sell } from '../../licensing/sales/sell.ts';
import { readArguments } from '../ringflow-cli/arguments.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { momentOf, momentText, numberOf, printLine, type Shell, shell, withLicensing } from './store.ts';

type Values = Record<string, string | undefined>;

interface Action {
  options: readonly string[];
  /** @param id of the customer when selling, else of the purchase */
  run(tools: Shell, id: number, values: Values): Promise<void>;
}

/** What is done with one purchase. */
export const purchaseActions = new Map<string, Action>([
  ['sell', { options: ['plan', 'seats', 'until'], run: sellTo }],
  [
    'extend',
    { options: ['until'], run: async (tools, id, { until }) => told(extend(tools, shell, id, momentOf(until))) },
  ],
  [
    'correct-end',
    {
      options: ['until', 'reason'],
      run: async (tools, id, { until, reason = '' }) => {
        if (reason.trim() === '') throw new BadInput('--reason is missing: why the end was wrong, for the history.');
        await told(correctEnd(tools, shell, id, momentOf(until), reason));
      },
    },
  ],
  [
    'invoice',
    { options: ['until'], run: async (tools, id, { until }) => told(awaitInvoice(tools, shell, id, momentOf(until))) },
  ],
  [
    'revoke',
    { options: ['reason'], run: async (tools, id, { reason = '' }) => told(revoke(tools, shell, id, reason)) },
  ],
  ['give-back', { options: [], run: async (tools, id) => told(giveBack(tools, shell, id)) }],
  ['new-key', { options: [], run: async (tools, id) => printKey((await replaceKey(tools, shell, id)).key) }],
  ['move', { options: ['to'], run: moveTo }],
  ['release', { options: [], run: async (tools, id) => told(releasePurchase(tools, shell, id)) }],
]);

/** @throws BadInput that says what to do */
export async function managePurchase(name: string, args: string[]): Promise<void> {
  const action = purchaseActions.get(name);
  if (!action) throw new BadInput(`There is no ${name}.`);
  const { positionals, values } = readArguments(args, action.options);
  const [first, ...others] = positionals;
  const id = numberOf(others.length > 0 ? undefined : first, name === 'sell' ? 'the customer' : 'the purchase');
  await withLicensing((tools) => action.run(tools, id, values));
}

async function sellTo(tools: Shell, customerId: number, { plan, seats, until }: Values): Promise<void> {
  if (plan === undefined) throw new BadInput('--plan is missing: professional or free.');
  const { purchase, key } = await sell(tools, shell, customerId, {
    planId: plan,
    ...(seats !== undefined && { seats: numberOf(seats, 'how many seats there are') }),
    ...(until !== undefined && { untilMs: momentOf(until) }),
  });
  printKey(key);
  process.stderr.write(`Purchase ${purchase.id}, until ${momentText(purchase.paidUntilMs)}.\n`);
}

async function moveTo(tools: Shell, id: number, { to }: Values): Promise<void> {
  if (to === undefined || !/^[\w-]{43}$/.test(to)) {
    throw new BadInput('--to: expected the id of an installation, 43 signs, as its page Licence shows it.');
  }
  await told(movePurchase(tools, shell, id, to));
}

function printKey(key: string): void {
  printLine(key);
  process.stderr.write('The key is shown this once: it is kept nowhere.\n');
}

async function told(change: Promise<Purchase>): Promise<void> {
  const { id, state, paidUntilMs, invoiceUntilMs, installation } = await change;
  const until = momentText(invoiceUntilMs ?? paidUntilMs);
  printLine(`purchase ${id}`, state, until, installation ? `on ${installation.thumbprint}` : 'on no installation');
}
