import { Value } from 'typebox/value';
import { addCustomer, CustomerDescription, listCustomers, readCustomer } from '../../licensing/sales/customers.ts';
import { findPurchases } from '../../licensing/sales/purchase.ts';
import { readArguments } from '../ringflow-cli/arguments.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { momentText, numberOf, printLine, type Shell, shell, withLicensing } from './store.ts';

/** `ringflow-licensing customer list|add|show`. @throws BadInput that says what to do */
export async function manageCustomers(action: string, args: string[]): Promise<void> {
  const { positionals, values } = readArguments(args, action === 'add' ? ['email', 'note', 'partner'] : []);
  const [first, ...others] = positionals;
  if (others.length > 0) throw new BadInput('One at a time: put a name of several words into quotes.');
  if (action === 'list') return withLicensing((tools) => list(tools, first));
  if (action === 'add') return add(first, values);
  if (action === 'show') return withLicensing((tools) => show(tools, numberOf(first, 'a customer')));
  throw new BadInput('ringflow-licensing customer: there is only list [SEARCH], add NAME and show NUMBER.');
}

async function list({ pool }: Shell, search = ''): Promise<void> {
  for (let page = 1; ; page++) {
    const { customers, total, pageSize } = await listCustomers(pool, shell, { search, page });
    for (const { id, name, email, purchases, endsAtMs } of customers) {
      printLine(id, name, email || '-', `${purchases} purchases`, momentText(endsAtMs));
    }
    if (page * pageSize >= total) return;
  }
}

async function add(name: string | undefined, values: Record<string, string | undefined>): Promise<void> {
  const { email = '', note = '', partner } = values;
  const partnerId = partner === undefined ? null : numberOf(partner, 'a partner');
  const description = { name, email, note, partnerId };
  if (!Value.Check(CustomerDescription, description)) {
    throw new BadInput(
      'Expected a name of 1 to 200 signs, --email name@firm.example and --note of at most 2000 signs.',
    );
  }
  await withLicensing(async (tools) => {
    const { id } = await addCustomer(tools, shell, description);
    printLine(id);
    process.stderr.write(`Next: ringflow-licensing sell ${id} --plan professional\n`);
  });
}

async function show(tools: Shell, id: number): Promise<void> {
  const { name, email, note } = await readCustomer(tools.pool, shell, id);
  printLine(id, name, email || '-', note.replaceAll(/\s+/g, ' ') || '-');
  for (const one of await findPurchases(tools.pool, tools, shell, 'p.customer_id = ?', [id])) {
    const on = one.installation ? `on ${one.installation.thumbprint}` : 'on no installation';
    const until = momentText(one.invoiceUntilMs ?? one.paidUntilMs);
    printLine(`purchase ${one.id}`, one.planId, `${one.seats} seats`, one.state, until, `…${one.keyHint}`, on);
  }
}
