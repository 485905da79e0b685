import { BadInput } from './bad-input.ts';
import { explainFile } from './explain-file.ts';
import { interpretFile, interpretLines } from './interpret-file.ts';
import { managePbxs } from './pbxs.ts';
import { manageRecordings } from './recordings.ts';
import { rotateSecrets } from './secrets.ts';
import { moveSettings } from './settings.ts';
import { manageUsers } from './users.ts';

const usage = `Usage:
  ringflow interpret FILE            tell the calls of a trace as JSON (FILE - reads standard input)
  ringflow interpret --stdin-lines   the same for one trace per line, one result per line
  ringflow explain FILE              show the calls of a trace as pictures, with the rows behind each conclusion
  ringflow settings export FILE [--account ID]
                                     write the account's settings as one file (FILE - writes standard output)
  ringflow settings import FILE [--account ID]
                                     check such a file and let it hold from the next call on
  ringflow account list              tell the amoCRM accounts and how they stand
  ringflow account connect [ID]      print a link by which an administrator of the account allows the integration
  ringflow account accept ID         use an account that was installed from the widget
  ringflow account resume [ID]       let requests go that amoCRM had stopped, once that is mended
  ringflow account add URL --client-id CLIENT --redirect-uri URI
                                     add an account; the secret key of its integration comes from standard input or
                                     from AMOCRM_CLIENT_SECRET
  ringflow pbx list                  tell the PBXs, each with its account, time zone, tables and database
  ringflow pbx add ID --account ACCOUNT --timezone ZONE [--cel-table T] [--cdr-table T]
                                     read one more PBX; the address of its database comes from standard input or from
                                     PBX_DATABASE_URL
  ringflow pbx remove ID             read it no more
  ringflow backfill start PBX --from T --to T [--everything] [--leave-others]
  ringflow backfill start PBX --call LINKEDID … [--everything] [--leave-others]
                                     bring calls of the past into amoCRM: those of a period by the clock of the PBX
                                     (T is 2026-11-30, to its end, or 2026-11-30T09:15, or with +03:00 behind), or
                                     single ones; the calls alone, or by --everything all that the rules ask for
  ringflow backfill list [--account ID]
                                     tell the backfills there were, the newest first
  ringflow backfill show ID [--follow]
                                     tell how far one is and what became of its calls; --follow waits for its end
  ringflow backfill pause|resume|cancel ID
  ringflow recording revoke PBX LINKEDID
  ringflow recording revoke PBX --before YYYY-MM-DD
                                     let the link to a call's recording serve no more, or all of calls before a day
  ringflow backup FILE               copy what must last into one file, while everything runs
  ringflow restore FILE [--replace]  bring it back, with worker, connector and api stopped; --replace drops what is there
  ringflow forget PHONE [--account ID] [--dry-run]
                                     delete what there is of one person, found by their whole number; --dry-run only
                                     tells how much that is
  ringflow user list                 tell who may use the settings in the browser
  ringflow user link [LOGIN]         print a link by which one of them chooses a password; the first admin is made so
  ringflow licence status            tell how the licence stands, what is on, and who has a seat
  ringflow licence key               enter a licence key; it comes from standard input, or is asked for
  ringflow licence check             ask the licensing server now
  ringflow licence release           give the key back, so that another server may use it
  ringflow licence request FILE      write a request to be carried to the licensing server; the key as above, unless
                                     one was entered before (FILE - writes standard output)
  ringflow licence permit FILE       take in the permit that came back
  ringflow licence held-back         tell how many calls were not registered for want of a licence
  ringflow licence make-up           have them registered, by the licence of now
  ringflow widget build --url URL --out FILE [--version 1.2.3]
                                     make the archive of amoCRM's widget that asks Ringflow at URL
  ringflow widget check FILE         tell which of amoCRM's rules for widgets an archive breaks
  ringflow worker-version [set VERSION|none]
                                     tell which versions of workers there are (WORKER_VERSIONING=on) and which has the
                                     work; or give it to another, or to workers that tell no version
  ringflow secrets rotate            encrypt all secrets with the newest of RINGFLOW_SECRET_KEYS
`;

const [command, argument, ...rest] = process.argv.slice(2);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // whoever reads us has seen enough
  throw error;
});

if (command === '--help' || command === 'help') {
  process.stdout.write(usage);
  process.exit();
}
try {
  if (command === 'settings' && argument !== undefined) {
    await moveSettings(argument, rest);
    process.exit();
  }
  if (command === 'account' && argument !== undefined) {
    const { manageAccounts } = await import('./accounts.ts'); // Temporal's client takes long to load
    await manageAccounts(argument, rest);
    process.exit();
  }
  if (command === 'pbx' && argument !== undefined) {
    await managePbxs(argument, rest);
    process.exit();
  }
  if (command === 'backfill' && argument !== undefined) {
    const { manageBackfills } = await import('./backfill.ts'); // Temporal's client takes long to load
    await manageBackfills(argument, rest);
    process.exit();
  }
  if (command === 'recording' && argument !== undefined) {
    await manageRecordings(argument, rest);
    process.exit();
  }
  if (command === 'backup' || command === 'restore') {
    const { backUp, restore } = await import('./backup.ts');
    await (command === 'backup' ? backUp : restore)(argument === undefined ? [] : [argument, ...rest]);
    process.exit();
  }
  if (command === 'user' && argument !== undefined) {
    await manageUsers(argument, rest);
    process.exit();
  }
  if (command === 'secrets' && argument === 'rotate' && rest.length === 0) {
    await rotateSecrets();
    process.exit();
  }
  if (command === 'forget' && argument !== undefined) {
    const { forgetPerson } = await import('./forget.ts'); // Temporal's client takes long to load
    await forgetPerson([argument, ...rest]);
    process.exit();
  }
  if (command === 'worker-version') {
    const { manageWorkerVersion } = await import('./worker-version.ts'); // Temporal's client takes long to load
    await manageWorkerVersion(argument === undefined ? [] : [argument, ...rest]);
    process.exit();
  }
  if (command === 'licence') {
    const { manageLicence } = await import('./licence.ts'); // Temporal's client takes long to load
    await manageLicence(argument, rest);
    process.exit();
  }
  if (command === 'widget' && argument !== undefined) {
    const { makeWidget } = await widgetTools();
    process.exitCode = await makeWidget(argument, rest);
  } else if (argument === undefined || rest.length > 0) throw new BadInput(usage.trimEnd());
  else if (command === 'interpret' && argument === '--stdin-lines') process.exitCode = await interpretLines();
  else if (command === 'interpret') await interpretFile(argument);
  else if (command === 'explain') await explainFile(argument);
  else throw new BadInput(usage.trimEnd());
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

/** Parsers and a bundler that nobody else needs. @throws BadInput in an image, which has none */
async function widgetTools() {
  try {
    return await import('./widget.ts');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new BadInput('Here are no tools for the widget: take its archive from the page Calling of the settings.');
  }
}
