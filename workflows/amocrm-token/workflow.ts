import { defineSignal, setHandler } from '@temporalio/workflow';
import { TokenActor } from './actor.ts';
import {
  type AmocrmTokenInput,
  codeSignal,
  disconnectedSignal,
  type PermissionGiven,
  refreshSignal,
  type TokenRefused,
} from './contract.ts';

const refresh = defineSignal<[TokenRefused]>(refreshSignal);
const code = defineSignal<[PermissionGiven]>(codeSignal);
const disconnected = defineSignal(disconnectedSignal);

/**
 * Keeps the tokens of one amoCRM account, for ever: nobody else writes them. Ends only if there is no such account.
 */
export async function amocrmToken(input: AmocrmTokenInput): Promise<void> {
  const actor = new TokenActor(input);
  setHandler(refresh, (refused) => actor.hearOfRefusal(refused));
  setHandler(code, (permission) => actor.hearOfPermission(permission));
  setHandler(disconnected, () => actor.hearOfDisconnection());
  await actor.run();
}
