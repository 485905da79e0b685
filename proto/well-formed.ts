/** JSON may hold half a character (`"\ud800"`), which no database can keep. @returns false if a text or a name does */
export function isWellFormed(json: unknown): boolean {
  const left = [json]; // no recursion: what is nested deeply must not overflow the stack
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && !value.isWellFormed()) return false;
    if (Array.isArray(value)) for (const part of value) left.push(part);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) left.push(name, part);
    }
  }
  return true;
}
