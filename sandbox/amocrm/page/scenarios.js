/**
 * What the recorded calls are in Russian, in groups and in the order in which they are offered. In English the
 * recordings describe themselves; one that is missing here stands at the end.
 */
export const scenarioGroups = [
  {
    ru: 'Входящие',
    en: 'Inbound',
    scenarios: {
      'in-direct-answered': 'Звонок на прямой номер, сотрудник ответил',
      'in-direct-no-answer': 'Звонок на прямой номер, никто не ответил',
      'in-caller-cancel': 'Клиент повесил трубку, пока звонил телефон',
      'in-busy': 'Телефон сотрудника занят',
      'in-declined': 'Сотрудник отклонил звонок',
      'in-second-trunk': 'Звонок через второй транк на короткий номер, ответил 106',
      anonymous: 'Скрытый номер, ответили',
      'anonymous-missed': 'Скрытый номер, никто не ответил',
      'in-busy-while-talking': 'Сотрудник говорит с клиентом, второй клиент слышит «занято»',
      'two-calls-same-number': 'Два звонка с одного номера одновременно, ответили два сотрудника',
      'missed-then-callback': 'Пропущенный звонок, затем сотрудник перезванивает',
      'number-formats': 'Три звонка одного клиента, номер записан по-разному: 8…, +7…, 7…',
      'unknown-did': 'Звонок на номер, для которого нет маршрута',
      'a16-in-direct-answered': 'Звонок на прямой номер, сотрудник ответил (Asterisk 16)',
    },
  },
  {
    ru: 'Группы, очереди и меню',
    en: 'Groups, queues and menus',
    scenarios: {
      'rg-second-answers': 'Группа 600: звонят три телефона сразу, отвечает второй',
      'rg-nobody': 'Группа 600: никто не ответил',
      'rg-hunt-last': 'Группа 601: звонят по очереди, отвечает последний',
      'rg-local-members': 'Группа 602 через каналы Local, отвечает 106',
      'queue-answered': 'Очередь 400, отвечает оператор 102',
      'queue-abandoned': 'Очередь 400, клиент не дождался',
      'queue-agent1-na-agent2': 'Очередь 401: звонят 102 и 105, отвечает 105',
      'queue-direct-members': 'Очередь 402 с прямыми участниками, отвечает 105',
      'ivr-extension': 'Голосовое меню, клиент набирает добавочный 102, сотрудник отвечает',
      'ivr-to-group': 'Голосовое меню, выбор 1 — группа 600, отвечает 103',
      'ivr-hangup': 'Клиент повесил трубку в голосовом меню',
      pickup: 'Звонит 101, сосед 102 перехватывает звонок (*8)',
      voicemail: 'Никто не ответил, клиент оставил голосовое сообщение',
      'a16-rg-second-answers': 'Группа 600: отвечает второй (Asterisk 16)',
    },
  },
  {
    ru: 'Исходящие',
    en: 'Outbound',
    scenarios: {
      'out-answered': 'Сотрудник звонит клиенту, клиент ответил',
      'out-no-answer': 'Клиент не ответил',
      'out-busy': 'У клиента занято',
      'out-cancelled': 'Сотрудник повесил трубку раньше ответа',
      'out-prefix': 'Номер набран с префиксом 9, клиент ответил',
      'out-failover': 'Первый транк отказал, звонок прошёл через второй',
      'out-rejected-404': 'Такого номера не существует',
      'out-rejected-503': 'Оператор связи отказал',
    },
  },
  {
    ru: 'Звонок по клику',
    en: 'Click to call',
    scenarios: {
      'ctc-both': 'Менеджер и клиент ответили',
      'ctc-client-no-answer': 'Менеджер снял трубку, клиент не ответил',
      'ctc-client-busy': 'У клиента занято',
      'ctc-manager-no-answer': 'Менеджер не снял трубку, клиенту не звонили',
      'ctc-local': 'Через канал Local, ответили оба',
      'ctc-local-optimized': 'Через канал Local без /n, ответили оба',
      'a16-ctc-both': 'Менеджер и клиент ответили (Asterisk 16)',
    },
  },
  {
    ru: 'Переводы и парковка',
    en: 'Transfers and parking',
    scenarios: {
      'xfer-blind-answered': 'Слепой перевод с 101 на 103, тот ответил',
      'xfer-blind-no-answer': 'Слепой перевод с 101 на 103, тот не ответил',
      'xfer-attended-phone': 'Перевод с консультацией с телефона: 102 → 103',
      'xfer-attended-feature': 'Перевод с консультацией кодом *2: 101 → 102',
      'xfer-attended-aborted': 'Консультация без перевода: сотрудник вернулся к клиенту',
      'xfer-semi-attended': 'Перевод, пока коллега ещё не снял трубку',
      'xfer-feature-target-busy': 'Перевод кодом *2 на занятого коллегу, возврат к клиенту',
      'xfer-chain': 'Два слепых перевода подряд',
      'xfer-to-mobile': 'Слепой перевод на внешний мобильный',
      'out-transfer-blind': 'Исходящий звонок, затем слепой перевод коллеге',
      'park-retrieve': '101 ставит звонок на парковку, 102 забирает',
      'park-comeback': 'Звонок не забрали с парковки, он вернулся',
      'a16-xfer-attended-phone': 'Перевод с консультацией с телефона (Asterisk 16)',
      'a16-park': 'Парковка и возврат звонка (Asterisk 16)',
    },
  },
  {
    ru: 'Переадресация',
    en: 'Forwarding',
    scenarios: {
      'followme-desk': 'Звонят настольный телефон и мобильный, отвечает настольный',
      'forward-unconditional': 'Всё переадресовано на мобильный, мобильный ответил',
    },
  },
  {
    ru: 'Внутренние',
    en: 'Internal',
    scenarios: {
      'internal-answered': '101 звонит 102, тот отвечает',
      'internal-missed': '103 звонит 101, ответа нет',
    },
  },
];

/** @param {string} language */
export function titleOf({ name, description }, language) {
  const group = scenarioGroups.find(({ scenarios }) => Object.hasOwn(scenarios, name));
  return (language === 'ru' && group?.scenarios[name]) || description || name;
}
