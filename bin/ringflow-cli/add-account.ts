import type { Pool } from 'mysql2/promise';
import { createAccounts, type Integration } from '../../activities/store/accounts.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { isLoopback } from '../../proto/amocrm-address.ts';
import { forms } from '../../runtime/configuration/environment.ts';
import { accountAddress, addAccount } from '../../runtime/connect-account.ts';
import { readSecret } from './arguments.ts';
import { BadInput } from './bad-input.ts';

interface NewAccount {
  baseUrl: string;
  integration: Integration;
}

/** @throws BadInput that names all faults, and no secret */
export function readNewAccount(positionals: string[], values: Record<string, string | undefined>): NewAccount {
  const { 'client-id': clientId = '', 'redirect-uri': redirectUri = '' } = values;
  const baseUrl = positionals.length === 1 ? accountAddress(String(positionals[0])) : undefined;
  const isSafe = URL.canParse(redirectUri) && (redirectUri.startsWith('https://') || isLoopback(redirectUri));
  const isId = clientId !== '' && new RegExp(forms.clientId.pattern).test(clientId);
  const faults = [
    ...(baseUrl ? [] : ['Name the address of one account, such as https://youraccount.amocrm.ru']),
    ...(isId ? [] : [`--client-id: expected ${forms.clientId.hint}`]),
    ...(isSafe ? [] : ['--redirect-uri: expected that of your integration, https://<this server>/oauth/amocrm']),
  ];
  if (!baseUrl || faults.length > 0) throw new BadInput(faults.join('\n'));
  const clientSecret = readSecret('AMOCRM_CLIENT_SECRET', 'The secret key of the integration');
  if (!new RegExp(forms.clientSecret.pattern).test(clientSecret)) {
    throw new BadInput('The secret key of the integration has a wrong form: letters, digits and signs in one line.');
  }
  return { baseUrl, integration: { clientId, clientSecret, redirectUri } };
}

/** Adding an account again gives it the integration named now. */
export async function addNamedAccount(
  { baseUrl, integration }: NewAccount,
  pool: Pool,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { AMOCRM_BASE_URL: ownUrl, AMOCRM_ACCESS_TOKEN, AMOCRM_CLIENT_ID, RINGFLOW_SECRET_KEYS } = environment;
  const accounts = createAccounts(pool);
  const isGiven = Boolean(AMOCRM_ACCESS_TOKEN || AMOCRM_CLIENT_ID);
  if (ownUrl && isGiven && (await accounts.idAt(baseUrl)) === (await accounts.idAt(ownUrl))) {
    throw new BadInput(`${baseUrl} is the account of the environment: set AMOCRM_CLIENT_ID and the others there.`);
  }
  const secrets = createSecrets(pool, readKeyRing(RINGFLOW_SECRET_KEYS));
  const id = await addAccount(baseUrl, integration, accounts, secrets);
  process.stderr.write(`${id} is known now. Next: bin/ringflow account connect ${id}\n`);
}
