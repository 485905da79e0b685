import { BadInput } from '../ringflow-cli/bad-input.ts';
import { backUp, restore } from './backup.ts';
import { manageCustomers } from './customers.ts';
import { manageKeys } from './keys.ts';
import { migrateSchema } from './migrate.ts';
import { answerOffline } from './permit.ts';
import { managePurchase, purchaseActions } from './purchases.ts';
import { manageTrials } from './trials.ts';
import { manageUsers } from './users.ts';

const usage = `Usage:
  ringflow-licensing migrate               bring the schema at LICENSING_MYSQL_URL up to date
  ringflow-licensing keys root --out FILE  make the root key; the printed half is LICENSING_ROOT_KEY of installations
  ringflow-licensing keys rotate --root-key FILE [--drop KID]
                                           sign permits by a new key; older ones stay until their permits have ended,
                                           but for one that must leave at once (--drop)
  ringflow-licensing keys show             tell the keys of the set
  ringflow-licensing user list             tell who may use the pages
  ringflow-licensing user link [LOGIN]     print a link by which one of them chooses a password; the first admin is made so
  ringflow-licensing customer list [SEARCH]
  ringflow-licensing customer add NAME [--email E] [--note N] [--partner NUMBER]
  ringflow-licensing customer show NUMBER  with what they have bought
  ringflow-licensing sell CUSTOMER --plan PLAN [--seats N] [--until DATE]
                                           print a licence key, which is shown this once
  ringflow-licensing extend PURCHASE --until DATE
  ringflow-licensing correct-end PURCHASE --until DATE --reason TEXT
                                           an end that was typed too late
  ringflow-licensing invoice PURCHASE --until DATE
                                           let it work on while an invoice is pending
  ringflow-licensing revoke PURCHASE --reason TEXT
  ringflow-licensing give-back PURCHASE    undo that
  ringflow-licensing new-key PURCHASE      print another key; the old one activates nothing any more
  ringflow-licensing move PURCHASE --to INSTALLATION
                                           put it on an installation that is known, or was refused with its key
  ringflow-licensing release PURCHASE      give its key free for another machine
  ringflow-licensing trial list [SEARCH]
  ringflow-licensing trial reserve ACCOUNT --customer NUMBER
  ringflow-licensing trial extend ACCOUNT --until DATE
  ringflow-licensing permit --request FILE --out FILE
                                           answer the request of a machine that reaches nobody
  ringflow-licensing backup FILE           copy the database into one file, while the server runs
  ringflow-licensing restore FILE [--replace]
                                           bring it back, with the server stopped; --replace drops what is there
DATE is 2027-01-31 (its end, UTC) or a moment such as 2027-01-31T12:00:00Z.
`;

const [command = '', ...args] = process.argv.slice(2);
const [action, ...rest] = args;

async function run(): Promise<void> {
  if (command === 'permit') return answerOffline(args);
  if (command === 'backup') return backUp(args);
  if (command === 'restore') return restore(args);
  if (command === 'migrate' && args.length === 0) return migrateSchema();
  if (purchaseActions.has(command)) return managePurchase(command, args);
  if (action === undefined) throw new BadInput(usage.trimEnd());
  if (command === 'keys') return manageKeys(action, rest);
  if (command === 'user') return manageUsers(action, rest);
  if (command === 'customer') return manageCustomers(action, rest);
  if (command === 'trial') return manageTrials(action, rest);
  throw new BadInput(usage.trimEnd());
}

if (command === '--help' || command === 'help') {
  process.stdout.write(usage);
  process.exit();
}
try {
  await run();
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
