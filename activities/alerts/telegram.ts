import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { AlertFailure } from '../../proto/alerts/failure.ts';
import type { WordedAlert } from '../../proto/alerts/message.ts';
import type { TelegramDestination } from '../../proto/alerts/settings.ts';

const timeoutMs = 8_000;
/** Telegram takes no longer text. */
const longestText = 4_000;
const longestAnswer = 300;

const Refusal = Type.Object({ description: Type.String() });
/** The bot is not known: 404 if the token has no bot's form, 401 if it was revoked. */
const unknownBot = new Set([401, 404]);

/**
 * @param apiUrl of Telegram's Bot API
 * @see https://core.telegram.org/bots/api#sendmessage
 */
export async function sendTelegram(
  { chatId }: TelegramDestination,
  apiUrl: string,
  token: string,
  { text }: WordedAlert,
): Promise<AlertFailure | null> {
  const body = { chat_id: chatId, text: text.slice(0, longestText), link_preview_options: { is_disabled: true } };
  try {
    const answer = await fetch(`${apiUrl}/bot${token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const said: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return null;
    if (unknownBot.has(answer.status)) return { code: 'telegram-token', values: {} };
    const description = Value.Check(Refusal, said) ? said.description : String(answer.status);
    return { code: 'telegram-refused', values: { answer: description.slice(0, longestAnswer) } };
  } catch {
    return { code: 'telegram-unreachable', values: {} }; // the error may quote the address, and with it the token
  }
}
