import nodemailer from 'nodemailer';
import type { AlertFailure } from '../../proto/alerts/failure.ts';
import type { WordedAlert } from '../../proto/alerts/message.ts';
import type { EmailDestination } from '../../proto/alerts/settings.ts';
import { isLoopback } from '../../proto/amocrm-address.ts';

const timeoutMs = 8_000;
const longestAnswer = 300;

/**
 * @param smtpUrl `smtp(s)://user:password@host:port`
 * @param key the same for the same message: programs that receive mail know it again
 */
export async function sendEmail(
  { to, from }: EmailDestination,
  smtpUrl: string,
  key: string,
  { subject, text }: WordedAlert,
): Promise<AlertFailure | null> {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const isSecure = protocol === 'smtps:';
  const hasLogin = username !== '';
  const transport = nodemailer.createTransport({
    ...{ host: hostname, port: Number(port) || (isSecure ? 465 : 587), secure: isSecure },
    // a password never travels in the open
    requireTLS: !isSecure && hasLogin && !isLoopback(`http://${hostname}`),
    ...(hasLogin && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    const messageId = `<${key.replaceAll(/[^\w.-]/g, '.')}@ringflow>`;
    await transport.sendMail({ to, from, subject, text, messageId });
    return null;
  } catch (error) {
    return failureOf(error, hostname);
  } finally {
    transport.close();
  }
}

function failureOf(error: unknown, host: string): AlertFailure {
  const { code = '', response = '' } = error as { code?: string; response?: string };
  const answer = response.slice(0, longestAnswer);
  if (code === 'EAUTH') return { code: 'smtp-sign-in', values: { host, answer } };
  if (response !== '') return { code: 'smtp-refused', values: { host, answer } };
  return { code: 'smtp-unreachable', values: { host, code } };
}
