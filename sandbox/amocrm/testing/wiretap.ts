import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Exchange } from './contract.ts';

/** A place between a client and amoCRM that writes down what passes. */
export interface Wiretap {
  url: string;
  exchanges: Exchange[];
  close(): Promise<void>;
}

type Asked = Pick<Exchange, 'method' | 'url'>;

/**
 * @param target address of the amoCRM behind it
 * @param meanwhile what happens there while a request is on its way
 */
export async function tapInto(
  target: string,
  meanwhile: (asked: Asked) => Promise<unknown> = async () => undefined,
): Promise<Wiretap> {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    void passOn(request, response, target, meanwhile).then((exchange) => exchanges.push(exchange));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  meanwhile: (asked: Asked) => Promise<unknown>,
): Promise<Exchange> {
  const { method = '', url = '', headers } = request;
  const requestBody = await text(request);
  const { authorization = '', 'content-type': requestType = '', 'x-refresh-token': refreshToken } = headers;
  const asked = { method, url, requestType, requestBody };
  await meanwhile(asked);
  try {
    const answer = await fetch(new URL(url, target), {
      method,
      headers: {
        authorization,
        ...(requestType && { 'content-type': requestType }),
        ...(refreshToken && { 'x-refresh-token': String(refreshToken) }),
      },
      ...(requestBody && { body: requestBody }),
    });
    const answerBody = await answer.text();
    const answerType = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, answerType ? { 'content-type': answerType } : {}).end(answerBody);
    return { ...asked, status: answer.status, answerType, answerBody };
  } catch {
    request.socket.destroy(); // amoCRM gave no answer, so there is none
    return { ...asked, status: 0, answerType: '', answerBody: '' };
  }
}
