/**
 * Who has a seat: whom the settings name first, then the others by their number in amoCRM, so that nobody loses a seat to
 * whoever comes later.
 *
 * @param users amoCRM users who have an extension, of all accounts
 * @param named in their order
 */
export function seatHolders(users: readonly number[], named: readonly number[], seats: number): number[] {
  const present = new Set(users);
  const first = named.filter((user) => present.has(user));
  const others = [...present].filter((user) => !first.includes(user)).sort((one, other) => one - other);
  return [...new Set([...first, ...others])].slice(0, seats);
}
