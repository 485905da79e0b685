import type { AmocrmState } from './amocrm.ts';
import type { Installation } from './installation.ts';

/** What stands in amoCRM of a client whose number nobody else has. */

export const contactsOf = ({ contacts }: AmocrmState, number: string) =>
  contacts.filter(({ phones }) => phones.some((phone) => phone.endsWith(number)));
export const leadsOf = ({ leads }: AmocrmState, number: string) => leads.filter(({ name }) => name.includes(number));
export const incomingLeadsOf = ({ unsorted }: AmocrmState, number: string) =>
  unsorted.filter(({ leadName }) => leadName.includes(number));
export const callsOf = ({ calls }: AmocrmState, number: string) => calls.filter(({ phone }) => phone?.endsWith(number));
export const tasksOf = ({ tasks }: AmocrmState, number: string) => tasks.filter(({ text }) => text.includes(number));

/** How many there are of each. */
export async function belongingsOf({ amocrm }: Installation, number: string) {
  const state = await amocrm.state();
  return {
    contacts: contactsOf(state, number).length,
    leads: leadsOf(state, number).length,
    calls: callsOf(state, number).length,
    tasks: tasksOf(state, number).length,
  };
}
