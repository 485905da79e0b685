import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { alertSecretOf } from '../../activities/store/secrets.ts';
import { AlertFailure } from '../../proto/alerts/failure.ts';
import { AlertDestination } from '../../proto/alerts/settings.ts';
import { nullable } from '../../proto/nullable.ts';
import { ApiError, orWithoutKeys } from '../errors.ts';
import { ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const DeliveryAnswer = Type.Object({
  destinationId: Type.String(),
  sentAtMs: nullable(Type.Integer()),
  failure: nullable(Type.Object({ ...AlertFailure.properties, atMs: Type.Integer() })),
});
const NewSecret = strictObject({
  kind: Type.Enum(['email', 'telegram', 'webhook']),
  secret: Type.String({ minLength: 1, maxLength: 500 }),
});

/** What each secret must look like: what is wrong is told before anything is sent. */
const isWellFormed: Record<'email' | 'telegram' | 'webhook', (secret: string) => boolean> = {
  email: (secret) => /^smtps?:\/\/\S+$/.test(secret) && URL.canParse(secret) && isDecodable(new URL(secret)),
  telegram: (secret) => /^\d{5,20}:[\w-]{20,100}$/.test(secret),
  webhook: (secret) => /^[\x21-\x7e]{16,200}$/.test(secret),
};
const codeOf = { email: 'wrong-smtp', telegram: 'wrong-bot-token', webhook: 'wrong-signing-key' } as const;

function isDecodable({ hostname, username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return hostname !== '';
  } catch {
    return false;
  }
}

/** Where alerts go: what became of the last ones, their secrets, and tests. */
export function serveAlerts(app: Api, tools: ApiTools): void {
  const { secrets, settingsStore, alertActors, alertDeliveries, pbxs, publicUrl, seed } = tools;

  app.get(
    '/api/accounts/:account/alerts',
    route('signed-in', 'listAlertDeliveries', { params: ofAccount }, Type.Array(DeliveryAnswer)),
    async (request) => {
      const { account } = request.params;
      return alertDeliveries.list(account);
    },
  );

  /** Each is kept under a reference of its own, so that going back to earlier settings goes back to their secret. */
  app.post(
    '/api/accounts/:account/alerts/secrets',
    route(
      ['admin'],
      'keepAlertSecret',
      { params: ofAccount, body: NewSecret },
      Type.Object({ secretRef: Type.String() }),
    ),
    async (request) => {
      const { account } = request.params;
      const { kind, secret } = request.body;
      if (!isWellFormed[kind](secret)) throw new ApiError(400, codeOf[kind]);
      const secretRef = randomBytes(12).toString('hex');
      await orWithoutKeys(() => secrets.write(alertSecretOf(account, secretRef), secret));
      return { secretRef };
    },
  );

  app.post(
    '/api/accounts/:account/alerts/test',
    route(
      ['admin'],
      'testAlertDestination',
      { params: ofAccount, body: strictObject({ destination: AlertDestination }) },
      Type.Object({ failure: nullable(AlertFailure) }),
    ),
    async (request) => {
      const { account } = request.params;
      const [settings, all] = await Promise.all([settingsStore.latest(account), pbxs.list()]);
      const timeZone = all.find(({ accountId }) => accountId === account)?.timezone ?? 'UTC';
      const link = `${publicUrl}/accounts/${encodeURIComponent(account)}/alerts`;
      const wording = { accountId: account, language: settings?.settings.language ?? seed.language, timeZone, link };
      const { destination } = request.body;
      return { failure: await alertActors.test(account, { destination, wording }) };
    },
  );
}
