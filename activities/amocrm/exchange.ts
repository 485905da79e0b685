/** A request to amoCRM that was sent, and what became of it. */
export interface Exchange {
  method: string;
  /** Of how many kinds there are few: ids are left out, `/api/v4/contacts/{id}`. */
  path: string;
  /** undefined: there is no answer. */
  status: number | undefined;
  beganAtMs: number;
  tookMs: number;
}

/** Told of each request, whoever sends it. */
export type Hear = (exchange: Exchange) => void;

/** Sends, and lets it be known. */
export async function heard<R extends Response | undefined>(
  hear: Hear | undefined,
  { method, url }: { method: string; url: string },
  send: () => Promise<R>,
): Promise<R> {
  const [beganAtMs, from] = [Date.now(), performance.now()];
  const tell = (status: number | undefined) =>
    hear?.({ method, path: pathOf(url), status, beganAtMs, tookMs: performance.now() - from });
  try {
    const response = await send();
    tell(response?.status);
    return response;
  } catch (error) {
    tell(undefined);
    throw error;
  }
}

const pathOf = (url: string): string => new URL(url).pathname.replaceAll(/\/\d+(?=\/|$)/g, '/{id}');
