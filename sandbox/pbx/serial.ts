/** Serials come round after 71 minutes; they need to differ only within one second. */
const serials = 2 ** 32;

let last = 0;

/**
 * A number for `freshCall` that no other call of the same second has, in this process or in one before it: it is the
 * clock's microsecond, so a process that starts anew goes on where the clock is.
 */
export function nextSerial(): number {
  const nowUs = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  last = Math.max(last + 1, nowUs);
  return last % serials;
}
