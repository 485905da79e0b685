import { readFileSync, writeFileSync } from 'node:fs';
import { createSigner } from '../../licensing/keys/signer.ts';
import { requestInFile } from '../../licensing/requests/request-file.ts';
import { offlinePermit } from '../../licensing/sales/offline.ts';
import { readArguments } from '../ringflow-cli/arguments.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { ringOf, shell, withLicensing } from './store.ts';

/** `ringflow-licensing permit --request FILE --out FILE`. @throws BadInput that says what to do */
export async function answerOffline(args: string[]): Promise<void> {
  const { positionals, values } = readArguments(args, ['request', 'out']);
  const { request: file, out } = values;
  if (file === undefined || out === undefined || positionals.length > 0) {
    throw new BadInput('ringflow-licensing permit: expected --request FILE and --out FILE.');
  }
  await withLicensing(async (tools) => {
    const signer = createSigner(tools.pool, ringOf(tools.environment));
    const token = requestInFile(readFileSync(file, 'utf8'));
    const permit = await offlinePermit(
      { ...tools, signer, silentSeconds: Number.POSITIVE_INFINITY, upSinceMs: 0 },
      shell,
      token,
      'en',
    );
    writeFileSync(out, `${JSON.stringify(permit)}\n`);
    process.stderr.write(`${out} holds the permit: it is entered on the page Licence of that installation.\n`);
  });
}
