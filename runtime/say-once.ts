const sayAgainMs = 60_000;

/** The same trouble is told once a minute, not at each attempt. */
export function sayOnce(say: (message: string) => void): (message: string) => void {
  let last = '';
  let saidAtMs = 0;
  return (message) => {
    if (message === last && Date.now() - saidAtMs < sayAgainMs) return;
    last = message;
    saidAtMs = Date.now();
    say(message);
  };
}
