import type { TokenStanding } from '../../activities/amocrm/token.ts';

const states: Record<TokenStanding['state'], string> = {
  pending: 'not connected yet',
  connected: 'connected',
  'reconnect-needed': 'reconnect needed',
  disconnected: 'disconnected',
};

/**
 * How the account stands, in words for the Temporal UI.
 *
 * @param later why the last thing could not be done yet
 */
export function tokenDetails(accountId: string, standing: TokenStanding | undefined, later?: string): string {
  if (!standing) return `**amoCRM ${accountId}**: ${later === undefined ? 'there is no such account' : later}`;
  const { state, reason, baseUrl, version, refreshAtMs } = standing;
  const lines = [`**amoCRM ${accountId}: ${states[state]}**`, `at ${baseUrl}`];
  if (reason) lines.push(reason);
  if (refreshAtMs !== null) lines.push(`Tokens no. ${version}, to be refreshed ${utcText(refreshAtMs)}.`);
  if (later !== undefined) lines.push(`Not done yet, trying again: ${later}.`);
  return lines.join('\n\n');
}

function utcText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
