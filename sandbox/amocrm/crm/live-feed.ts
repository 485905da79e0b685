/** After `reset` nothing that was told before holds any more. */
export type FeedEvent = 'card' | 'call' | 'contact' | 'lead' | 'unsorted' | 'task' | 'request' | 'reset';
type Listener = (event: FeedEvent, data: object) => void;

/** Tells whoever watches (the page's event streams) what has just happened. */
export class LiveFeed {
  readonly #listeners = new Set<Listener>();

  publish(event: FeedEvent, data: object): void {
    for (const listener of this.#listeners) listener(event, data);
  }

  /** @returns how to stop listening. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
