import { explainFile } from './explain-file.ts';
import { BadInput, interpretFile, interpretLines } from './interpret-file.ts';
import { rotateSecrets } from './secrets.ts';
import { moveSettings } from './settings.ts';

const usage = `Usage:
  ringflow interpret FILE            tell the calls of a trace as JSON (FILE - reads standard input)
  ringflow interpret --stdin-lines   the same for one trace per line, one result per line
  ringflow explain FILE              show the calls of a trace as pictures, with the rows behind each conclusion
  ringflow settings export FILE      write the account's settings as one file (FILE - writes standard output)
  ringflow settings import FILE      check such a file and let it hold from the next call on
  ringflow account list              tell the amoCRM accounts and how they stand
  ringflow account connect [ID]      print a link by which an administrator of the account allows the integration
  ringflow account accept ID         use an account that was installed from the widget
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
  const [file, ...others] = rest;
  if (command === 'settings' && argument !== undefined && file !== undefined && others.length === 0) {
    await moveSettings(argument, file);
    process.exit();
  }
  if (command === 'account' && argument !== undefined && others.length === 0) {
    const { manageAccounts } = await import('./accounts.ts'); // Temporal's client takes long to load
    await manageAccounts(argument, file);
    process.exit();
  }
  if (command === 'secrets' && argument === 'rotate' && file === undefined) {
    await rotateSecrets();
    process.exit();
  }
  if (argument === undefined || rest.length > 0) throw new BadInput(usage.trimEnd());
  if (command === 'interpret' && argument === '--stdin-lines') process.exitCode = await interpretLines();
  else if (command === 'interpret') await interpretFile(argument);
  else if (command === 'explain') await explainFile(argument);
  else throw new BadInput(usage.trimEnd());
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
