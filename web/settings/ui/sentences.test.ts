import { type AmocrmError, errorOfAnswer, errorOfNetwork } from '../../../activities/amocrm/errors.ts';
import { queryPbx } from '../../../activities/asterisk/pbx-database.ts';
import { howToConnect } from '../../../activities/store/accounts.ts';
import type { Call } from '../../../proto/call.ts';
import { nothingKnown } from '../../../proto/client.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import { displacedByAnother, mayStandByAnother, standsByAnother } from '../../../proto/others-words.ts';
import type { CallSettings } from '../../../proto/settings.ts';
import { answered } from '../../../tests/recorded/sample-calls.ts';
import { decideEnd } from '../../../workflows/call/decide/decide.ts';
import { inEnglish, inRussian } from './sentences.ts';

const settings: CallSettings = {
  accountId: 'acme.amocrm.ru',
  pbx: defaultPbx('main', 'Europe/Moscow'),
  employees: {},
  language: 'ru',
};

/** English that was left: two words one after another that name nothing. */
const english = /\b(?!amoCRM|API|JSON|uniqueid|Local|bin|ringflow|account|connect)[a-z]{2,} [a-z]{2,}\b/;

const statuses = [302, 401, 402, 403, 404, 408, 422, 429, 500, 503];

it.each(statuses)("amoCRM's answer %i is told in Russian, as JSON and as a page", async (status) => {
  for (const type of ['application/json', 'text/html']) {
    const answer = new Response('{}', { status, headers: { 'content-type': type } });
    const error = await errorOfAnswer(answer);
    expect(inRussian((error as AmocrmError).message)).not.toMatch(english);
    expect(inRussian((error as AmocrmError).message)).toMatch(/[а-я]/);
  }
});

it.each([
  ['nobody there', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })],
  ['cut off', new TypeError('fetch failed')],
  ['late', new DOMException('late', 'TimeoutError')],
])('silence of amoCRM is told in Russian: %s', (_, error) => {
  expect(inRussian(errorOfNetwork(error).message)).not.toMatch(english);
});

it.each<Partial<Call>>([{ direction: 'internal' }, { externalNumber: null }, { direction: null }])(
  'why a call is left out is told in Russian: %j',
  (changes) => {
    const reason = decideEnd({ call: { ...answered, ...changes }, settings, about: nothingKnown }).notRegistered ?? '';
    expect(reason).toMatch(english);
    expect(inRussian(reason)).not.toMatch(english);
  },
);

it.each([displacedByAnother, mayStandByAnother])(
  "what is said of another product's records is told in Russian: %s",
  (told) => {
    expect(inRussian(told)).not.toMatch(english);
  },
);

it('how an account is connected is told in Russian', () => {
  const told = inRussian(
    `Reconnect needed: amoCRM has withdrawn the access (401: x); everything waits. To go on ${howToConnect}.`,
  );
  expect(told).toBe(
    'Подключите заново: amoCRM отозвала доступ (401: x); всё ждёт. Чтобы продолжить, выполните `bin/ringflow account connect`, откройте ссылку и разрешите интеграцию; или сделайте это на странице «amoCRM» настроек.',
  );
});

it('several sentences are told one after another, and what is not known stays as it is', () => {
  const text = 'Lead for a client who has no open one: amoCRM has trouble (500); trying again. Something new.';
  expect(inRussian(text)).toBe(
    'Сделка для клиента без открытой сделки: У amoCRM неполадки (500); пробуем снова. Something new.',
  );
});

it.each([
  ...[
    'ECONNREFUSED',
    'ENOTFOUND',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'PROTOCOL_CONNECTION_LOST',
    'PROTOCOL_SEQUENCE_TIMEOUT',
  ],
  ...['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_NO_SUCH_TABLE'],
  'ER_TABLEACCESS_DENIED_ERROR',
])('why the database of a PBX is not read is told in Russian, and without commands: %s', async (code) => {
  const refusing = { getConnection: () => Promise.reject(Object.assign(new Error('x'), { code })) };
  const told = await queryPbx(refusing as never, 'SELECT 1').catch(({ message }: Error) => message);
  expect(inRussian(String(told))).toMatch(/^База АТС не читается \([A-Z_]+\): [^a-z]*/);
  expect(inRussian(String(told))).not.toMatch(english);
  for (const said of [inRussian, inEnglish]) expect(said(String(told))).not.toMatch(/ringflow|PBX_/);
  const waiting = inRussian(`The calls of the PBX can't be read: ${told} Trying again.`); // a backfill says so
  expect(waiting).toMatch(/^Звонки АТС не читаются\. База АТС .* Пробуем снова\.$/);
});

it.each(['contacts', 'leads', 'companies', 'customers'])(
  'what another product has put on %s is told in Russian',
  (entityType) => {
    for (const source of ['', 'Mango']) {
      const found = {
        ...{ entityType, entityId: 12, noteId: 34, source },
        durationSeconds: 41,
        responsible: 1,
        status: 4,
      };
      const told = inRussian(standsByAnother({ ...found, result: null, link: null, createdAtSeconds: 1_795_417_935 }));
      expect(told).not.toMatch(english);
      expect(told).toMatch(/^Он уже есть в amoCRM \([а-я]+ 12, примечание 34.*: оставлен как есть\.$/);
    }
  },
);
