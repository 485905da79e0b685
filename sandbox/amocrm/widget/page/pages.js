import { current } from './app.js';
import { make } from './make.js';
import { actions } from './widget-object.js';

const areas = { contacts: 'ccard', companies: 'comcard', leads: 'lcard' };

/** Draws the page that the address names, from the account's API as the person may see it. */
export async function drawPage(holder, { callAction }) {
  const [, section, kind, id] = location.pathname.split('/');
  current.entity = section;
  current.cardId = undefined;
  current.area = section === 'contacts' ? 'clist' : 'settings';
  holder.replaceChildren();
  if (kind === 'detail') {
    Object.assign(current, { area: areas[section], cardId: Number(id) });
    holder.replaceChildren(...(await card(section, id, callAction)));
  } else if (kind === 'add') {
    Object.assign(current, { area: 'ccard', cardId: 0 });
    const phone = new URLSearchParams(location.search).get('phone') ?? '';
    holder.replaceChildren(title('Новый контакт'), make('p', { 'data-testid': 'new-phone' }, phone));
  } else if (section === 'contacts') {
    holder.replaceChildren(title('Контакты'), ...(await list(callAction)));
  }
}

const title = (text) => make('h1', {}, text);

async function read(path) {
  const answer = await fetch(path, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  return answer.status === 200 ? answer.json() : undefined;
}

async function list(callAction) {
  const pages = await Promise.all(['contacts', 'companies'].map((name) => read(`/api/v4/${name}?limit=250`)));
  const clients = pages.flatMap((page) => Object.values(page?._embedded ?? {}).flat());
  return clients.map((client) => make('p', { 'data-testid': 'row' }, client.name, ' ', ...phones(client, callAction)));
}

async function card(section, id, callAction) {
  const entity = await read(`/api/v4/${section}/${id}`);
  if (!entity) return [title('Не найдено')];
  const responsible = make('p', { 'data-testid': 'responsible' }, String(entity.responsible_user_id));
  return [title(entity.name), responsible, ...phones(entity, callAction)];
}

/** Each number with the menu that opens when it is clicked. */
function phones({ custom_fields_values: fields }, callAction) {
  const values = (fields ?? []).filter(({ field_code }) => field_code === 'PHONE').flatMap((field) => field.values);
  return values.map(({ value }) => {
    const number = make('button', { type: 'button', 'data-phone': value }, value);
    const menu = make('span', { class: 'phone-menu' });
    number.addEventListener('click', () => {
      const call = make('button', { type: 'button' }, callAction);
      call.addEventListener('click', () => {
        for (const action of actions.phone) action({ value });
      });
      menu.replaceChildren(...(actions.phone.length > 0 ? [call] : []));
    });
    return make('span', {}, number, menu);
  });
}
