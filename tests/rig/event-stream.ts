/** A stream of events (text/event-stream) that somebody reads. */
export interface EventStream {
  /** Resolves when the stream has ended. */
  ended: Promise<void>;
  /** Waits until what was heard fits; fails when the stream ends before. */
  until(isSo: () => boolean): Promise<void>;
  leave(): void;
}

/** Of one event what stands behind `name: `. */
export type Field = (name: string) => string | undefined;

/**
 * @param hear each event, in order
 * @param told what was heard so far, for the error of a stream that ends too soon
 * @throws if it is refused; the message is the answer
 */
export async function readEvents(
  address: string,
  headers: Record<string, string>,
  hear: (field: Field) => void,
  told: () => unknown,
): Promise<EventStream> {
  const leaving = new AbortController();
  const answer = await fetch(address, { headers, signal: leaving.signal });
  if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`);
  const waiting = new Set<() => void>();
  const body = answer.body;
  const read = async () => {
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) hear((name) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]);
      for (const look of waiting) look();
    }
  };
  const ended = read().catch(() => undefined); // cut off
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`The stream ended, having told ${JSON.stringify(told())}`)));
    });
  return { ended, until, leave: () => leaving.abort() };
}
