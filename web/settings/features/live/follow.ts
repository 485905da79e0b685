import { useEffect, useReducer } from 'react';
import { useSession } from '../../../kit/session/user.ts';
import { afterHearing, type Following, type Heard, type LiveEvent, nothingHeard } from './following.ts';

/** The server speaks every 15 seconds. */
const longestSilenceMs = 40_000;
const tryAgainMs = 3_000;
/** A page that nobody sees takes no connection: browsers have few for all pages together. */
const hiddenForMs = 30_000;
const names: LiveEvent['event'][] = ['snapshot', 'call', 'over', 'beat'];

/** The calls of an account that go on now, followed for as long as the page is shown. */
export function useFollowing(account: string): Following {
  const hear = (following: Following, heard: Heard) => afterHearing(following, heard, Date.now());
  const [following, tell] = useReducer(hear, nothingHeard);
  const { check } = useSession();
  useEffect(() => follow(`/api/accounts/${encodeURIComponent(account)}/live`, tell, check), [account, check]);
  return following;
}

/** @param onRefused the server is there and does not let us: perhaps nobody is signed in any more. @returns ends it */
function follow(address: string, tell: (heard: Heard) => void, onRefused: () => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (ms: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const lose = () => {
    close();
    tell({ event: 'lost' });
    later(tryAgainMs, open);
  };
  const open = () => {
    close();
    const opened = new EventSource(address);
    source = opened;
    for (const event of names) {
      opened.addEventListener(event, ({ data }: MessageEvent<string>) => {
        tell({ event, data: JSON.parse(data) } as LiveEvent);
        later(longestSilenceMs, lose);
      });
    }
    opened.onerror = () => {
      if (opened.readyState === EventSource.CLOSED) onRefused();
      lose();
    };
    later(longestSilenceMs, lose);
  };
  let hidden: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(hidden);
    if (document.hidden) hidden = setTimeout(close, hiddenForMs);
    else if (!source) open();
  };
  document.addEventListener('visibilitychange', look);
  open();
  return () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(hidden);
    close();
  };
}
