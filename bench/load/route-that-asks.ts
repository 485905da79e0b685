import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** A route as others have it: for each question one to amoCRM. */
export interface RouteThatAsks {
  url: string;
  close(): Promise<unknown>;
}

/** In a thread of its own, so that it takes nothing from whoever measures. @param amocrmTakesMs how far away amoCRM is */
export async function startRouteThatAsks(amocrmTakesMs: number): Promise<RouteThatAsks> {
  const thread = new Worker(new URL(import.meta.url), { workerData: amocrmTakesMs });
  const port = await new Promise<number>((resolve, reject) => thread.once('message', resolve).once('error', reject));
  return { url: `http://127.0.0.1:${port}/`, close: () => thread.terminate() };
}

if (!isMainThread) {
  const amocrm = await listening(
    createServer(async (_, response) => {
      await sleep(workerData as number);
      response.end('{"name":"Client","extension":"101"}');
    }),
  );
  const route = createServer(async (_, response) => {
    const answer = await fetch(`http://127.0.0.1:${amocrm}/`);
    const client = (await answer.json()) as { name: string; extension: string };
    response.end(`${client.extension}|${client.name}`);
  });
  parentPort?.postMessage(await listening(route));
}

/** @returns the port */
function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
