/** The account's own API, asked with the session of the person who looks: they see and change what they may. */

/** Of a contact or a company, what a card shows. */
export interface ClientEntity {
  id: number;
  name?: string;
  responsible_user_id?: number;
  _embedded?: { companies?: { id: number }[] };
}

/** @returns undefined if there is none, or the person may not see it */
export async function readEntity(
  type: 'contacts' | 'companies' | 'leads',
  id: number,
): Promise<ClientEntity | undefined> {
  const answer = await ask(`/api/v4/${type}/${id}`, { method: 'GET' });
  return answer.status === 200 ? ((await answer.json()) as ClientEntity) : undefined;
}

/** @returns whether amoCRM has done it */
export async function makeResponsible(type: 'contacts' | 'companies', id: number, userId: number): Promise<boolean> {
  const body = JSON.stringify({ responsible_user_id: userId });
  const answer = await ask(`/api/v4/${type}/${id}`, { method: 'PATCH', body });
  return answer.ok;
}

function ask(path: string, request: { method: string; body?: string }): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  return fetch(path, { ...request, headers, signal: AbortSignal.timeout(10_000) });
}

const detailPages = { contacts: '/contacts/detail/', companies: '/companies/detail/', leads: '/leads/detail/' };

/** Where amoCRM shows it. */
export function entityPage(type: keyof typeof detailPages, id: number): string {
  return `${detailPages[type]}${id}`;
}

/** Where amoCRM takes in a new contact. */
export function newContactPage(phone: string): string {
  return `/contacts/add/?phone=${encodeURIComponent(phone)}`;
}
