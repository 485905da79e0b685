import { extendTrial, listTrials, reserveTrial, type Trial, trialOf } from '../../licensing/sales/trials.ts';
import { readArguments } from '../ringflow-cli/arguments.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { momentOf, momentText, numberOf, printLine, type Shell, shell, withLicensing } from './store.ts';

const usage =
  'ringflow-licensing trial: there is only list [SEARCH], reserve ACCOUNT --customer NUMBER and extend ACCOUNT --until DATE.';

/** `ringflow-licensing trial list|reserve|extend`. @throws BadInput that says what to do */
export async function manageTrials(action: string, args: string[]): Promise<void> {
  const options = { reserve: ['customer'], extend: ['until'] }[action] ?? [];
  const { positionals, values } = readArguments(args, options);
  const [account, ...others] = positionals;
  if (others.length > 0) throw new BadInput(usage);
  if (action === 'list') return withLicensing((tools) => list(tools, account));
  if (account === undefined || account.trim() === '' || account.length > 100) throw new BadInput(usage);
  if (action === 'reserve') {
    const customerId = numberOf(values.customer, 'the customer (--customer)');
    return withLicensing(async (tools) => print(await reserveTrial(tools, shell, account, customerId)));
  }
  if (action !== 'extend') throw new BadInput(usage);
  const untilMs = momentOf(values.until);
  return withLicensing(async (tools) => {
    const { id } = await trialOf(tools.pool, shell, account);
    print(await extendTrial(tools, shell, id, untilMs));
  });
}

async function list({ pool }: Shell, search = ''): Promise<void> {
  for (let page = 1; ; page++) {
    const { trials, total, pageSize } = await listTrials(pool, shell, { search, page });
    for (const trial of trials) print(trial);
    if (page * pageSize >= total) return;
  }
}

function print({ account, customer, endsAtMs, thumbprint }: Trial): void {
  printLine(account, customer ?? '-', `until ${momentText(endsAtMs)}`, thumbprint ? `on ${thumbprint}` : 'not begun');
}
