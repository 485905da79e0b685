/** What PHP makes a form of: texts and numbers, and lists and objects of them. */
export type FormValue = string | number | FormValue[] | { [key: string]: FormValue };

/** Writes `{ contacts: { add: [{ id: 5 }] } }` as `contacts[add][0][id]=5`, percent-encoded. Empty lists leave no trace. */
export function bracketForm(value: { [key: string]: FormValue }): string {
  const form = new URLSearchParams();
  for (const [key, member] of Object.entries(value)) put(form, key, member);
  return form.toString();
}

function put(form: URLSearchParams, key: string, value: FormValue): void {
  if (typeof value !== 'object') {
    form.append(key, String(value));
    return;
  }
  for (const [part, member] of Object.entries(value)) put(form, `${key}[${part}]`, member);
}
