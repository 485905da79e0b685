import type { FastifyReply } from 'fastify';
import type { Language, Text } from './words.ts';

const style =
  'body{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.5rem}small{color:#666}';
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page for a person. @param detail said by others: shown as text, small */
export function sendPage(reply: FastifyReply, language: Language, { title, text }: Text, detail = ''): FastifyReply {
  const parts = [`<h1>${escaped(title)}</h1>`, `<p>${code(escaped(text))}</p>`];
  if (detail) parts.push(`<p><small>${code(escaped(detail))}</small></p>`);
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>Ringflow</title><style>${style}</style><body>${parts.join('')}</body></html>`,
    );
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');
}

const code = (html: string): string => html.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
