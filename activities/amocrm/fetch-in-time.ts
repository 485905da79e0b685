import { type Dispatcher, Dispatcher1Wrapper, getGlobalDispatcher } from 'undici';
import { tooLate } from './errors.ts';

/**
 * `fetch` that asks once more in the moment in which the request is written: the connection may have to be made before.
 *
 * @throws AmocrmError that it became too late if it may not leave any more, and what `fetch` throws
 */
export async function fetchInTime(request: Request, init: RequestInit, mayLeave: () => boolean): Promise<Response> {
  let isTooLate = false;
  const dispatcher = lookingBeforeWriting(() => {
    isTooLate = !mayLeave();
    if (isTooLate) throw tooLate();
  });
  try {
    return await fetch(request, { ...init, dispatcher });
  } catch (error) {
    throw isTooLate ? tooLate() : error;
  }
}

/** @param look if it throws nothing is written */
function lookingBeforeWriting(look: () => void): NonNullable<RequestInit['dispatcher']> {
  const dispatcher = getGlobalDispatcher().compose(
    (dispatch) => (options, handler) => dispatch(options, looking(handler, look)),
  );
  // Node's own fetch is of another version, and so are its types
  return new Dispatcher1Wrapper(dispatcher) as unknown as NonNullable<RequestInit['dispatcher']>;
}

/** undici calls `onRequestStart` when the connection stands, and writes as soon as it returns. */
const looking = (handler: Dispatcher.DispatchHandler, look: () => void): Dispatcher.DispatchHandler => ({
  onRequestStart(...all) {
    look();
    handler.onRequestStart?.(...all);
  },
  onRequestUpgrade: (...all) => handler.onRequestUpgrade?.(...all),
  onResponseStarted: () => handler.onResponseStarted?.(),
  onResponseStart: (...all) => handler.onResponseStart?.(...all),
  onResponseData: (...all) => handler.onResponseData?.(...all),
  onResponseEnd: (...all) => handler.onResponseEnd?.(...all),
  onResponseError: (...all) => handler.onResponseError?.(...all),
});
