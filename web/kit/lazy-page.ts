import { type ComponentType, lazy } from 'react';

/** A part of the pages is gone, as after an upgrade, or could not be fetched. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';
}

/** A page that is fetched when it is first looked at. */
export function lazyPage<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(() =>
    load().catch((cause: unknown) => {
      throw new PageNotLoaded('the page was not loaded', { cause });
    }),
  );
}
