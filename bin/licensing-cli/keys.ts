import { makeRootKey, RootKeyError, readRootKey } from '../../licensing/keys/root-key.ts';
import { presentKeys, rotateSigningKeys } from '../../licensing/keys/rotate.ts';
import { readArguments } from '../ringflow-cli/arguments.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { momentText, printLine, ringOf, withLicensing } from './store.ts';

const usage = 'ringflow-licensing keys: there is only root --out FILE, rotate --root-key FILE [--drop KID] and show.';

/** `ringflow-licensing keys root|rotate|show`. @throws BadInput that says what to do */
export async function manageKeys(action: string, args: string[]): Promise<void> {
  const options = { root: ['out'], rotate: ['root-key', 'drop'] }[action] ?? [];
  const { positionals, values } = readArguments(args, options);
  if (positionals.length > 0) throw new BadInput(usage);
  if (action === 'root' && values.out !== undefined) return makeRoot(values.out);
  if (action === 'rotate' && values['root-key'] !== undefined) return rotate(values['root-key'], values.drop);
  if (action === 'show') return show();
  throw new BadInput(usage);
}

async function makeRoot(file: string): Promise<void> {
  try {
    printLine(await makeRootKey(file));
  } catch (error) {
    throw error instanceof RootKeyError ? new BadInput(error.message) : error;
  }
  process.stderr.write(
    `That is LICENSING_ROOT_KEY of installations. Keep ${file} where the server is not, and a copy elsewhere.\n`,
  );
}

async function rotate(file: string, dropped: string | undefined): Promise<void> {
  await withLicensing(async ({ pool, environment, nowMs }) => {
    const root = readRootKey(file);
    const { kid, serial, left } = await rotateSigningKeys(pool, ringOf(environment), root, nowMs(), dropped);
    printLine(`set ${serial}`, `${kid} signs`, left.length > 0 ? `left: ${left.join(', ')}` : 'none left');
  });
}

async function show(): Promise<void> {
  await withLicensing(async ({ pool, nowMs }) => {
    for (const [index, { kid, madeAtMs, coversUntilMs }] of (await presentKeys(pool)).entries()) {
      const older =
        coversUntilMs < nowMs() ? 'leaves with the next rotation' : `stays until ${momentText(coversUntilMs)}`;
      printLine(kid, `made ${momentText(madeAtMs)}`, index === 0 ? 'signs' : older);
    }
  });
}
