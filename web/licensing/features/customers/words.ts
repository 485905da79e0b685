import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'customers'
  | 'customersAbout'
  | 'customer'
  | 'all'
  | 'add'
  | 'none'
  | 'noneText'
  | 'nothing'
  | 'nothingText'
  | 'searchBy'
  | 'name'
  | 'nameHint'
  | 'nameFault'
  | 'email'
  | 'emailFault'
  | 'partner'
  | 'partnerHint'
  | 'ourselves'
  | 'note'
  | 'noteHint'
  | 'save'
  | 'changeCustomer'
  | 'purchases'
  | 'endsFirst'
  | 'sell'
  | 'offline'
  | 'giveTrial'
  | 'nothingBought'
  | 'nothingBoughtText'
  | 'trials'
  | 'history';

export const texts: Words<Record<Label, string>> = {
  ru: {
    ...{ customers: 'Клиенты', customersAbout: 'Кому проданы лицензии.', customer: 'Клиент', all: '← Все клиенты' },
    add: 'Добавить клиента',
    none: 'Клиентов ещё нет',
    noneText: 'Добавьте клиента, продайте ему лицензию и передайте ключ: его вводят в Ringflow на странице «Лицензия».',
    ...{ nothing: 'Никого не нашлось', nothingText: 'Попробуйте часть названия, почты или последние знаки ключа.' },
    searchBy: 'Название, почта или последние знаки ключа',
    ...{ name: 'Название', nameHint: 'Его видит клиент на своей странице «Лицензия»', nameFault: 'Нужно название' },
    ...{ email: 'Почта', emailFault: 'Это не адрес почты' },
    ...{ partner: 'Партнёр', partnerHint: 'Кто ведёт клиента и видит его', ourselves: 'Ведём сами' },
    ...{ note: 'Заметка', noteHint: 'Клиент её не видит', save: 'Сохранить', changeCustomer: 'Изменить клиента' },
    ...{ purchases: 'Покупок', endsFirst: 'Ближайший конец срока', sell: 'Продать' },
    ...{ offline: 'Разрешение файлом', giveTrial: 'Дать пробный период' },
    nothingBought: 'Ещё ничего не куплено',
    nothingBoughtText: 'Продайте лицензию: появится ключ, который вводят в Ringflow на странице «Лицензия».',
    ...{ trials: 'Пробные периоды', history: 'История' },
  },
  en: {
    ...{ customers: 'Customers', customersAbout: 'To whom licences are sold.', customer: 'Customer' },
    all: '← All customers',
    add: 'Add a customer',
    none: 'There are no customers yet',
    noneText: 'Add one, sell them a licence and pass on the key: it is entered in Ringflow, on the page “Licence”.',
    ...{
      nothing: 'Nobody was found',
      nothingText: 'Try a part of the name or the mail, or the last signs of the key.',
    },
    searchBy: 'Name, mail or the last signs of a key',
    ...{ name: 'Name', nameHint: 'The customer sees it on their page “Licence”', nameFault: 'A name is needed' },
    ...{ email: 'Mail', emailFault: 'This is no mail address' },
    ...{ partner: 'Partner', partnerHint: 'Who looks after them, and sees them', ourselves: 'We ourselves' },
    ...{ note: 'Note', noteHint: 'The customer does not see it', save: 'Save', changeCustomer: 'Change the customer' },
    ...{ purchases: 'Purchases', endsFirst: 'First end of a term', sell: 'Sell' },
    ...{ offline: 'Permit as a file', giveTrial: 'Give a trial' },
    nothingBought: 'Nothing was bought yet',
    nothingBoughtText: 'Sell a licence: you get a key, which is entered in Ringflow, on the page “Licence”.',
    ...{ trials: 'Trials', history: 'History' },
  },
};
