/** What goes wrong with calls of the past. */
export const backfillErrors = {
  'backfill-open': {
    ru: {
      title: 'Эта АТС уже занята загрузкой прошлых звонков',
      text: 'Дождитесь её конца или остановите её, затем начните новую.',
    },
    en: {
      title: 'Calls of this PBX are being brought already',
      text: 'Wait until that is done, or cancel it; then begin anew.',
    },
  },
  'backfill-period': {
    ru: {
      title: 'Такой период загрузить нельзя',
      text: 'Он должен кончаться позже, чем начинается, начинаться в прошлом и длиться не больше года.',
    },
    en: {
      title: 'This period can’t be brought',
      text: 'It has to end after it begins, to begin in the past, and to last a year at most.',
    },
  },
  'backfill-observed': {
    ru: {
      title: 'За этой АТС Ringflow пока только наблюдает',
      text: 'Звонки в amoCRM сейчас пишет другой продукт. Сначала завершите наблюдение на странице «Наблюдение».',
    },
    en: {
      title: 'This PBX is only observed so far',
      text: 'Another product writes its calls into amoCRM. First end that on the page “Observe”.',
    },
  },
  'backfill-over': {
    ru: { title: 'Эта загрузка уже закончилась', text: 'Обновите страницу: итог уже показан.' },
    en: { title: 'This is over already', text: 'Load the page anew: the result is there.' },
  },
  'backfill-asked': {
    ru: {
      title: 'Запрошено: подействует, когда заработает процесс worker',
      text: 'Сейчас он не отвечает. Запустите его; просить ещё раз не нужно.',
    },
    en: {
      title: 'It is asked for, and takes effect when a worker runs',
      text: 'The process worker does not answer now. See to it that it runs; there is no need to ask again.',
    },
  },
  'worker-silent': {
    ru: {
      title: 'Процесс worker не отвечает',
      text: 'Проверьте, что он запущен, и повторите: ничего не потеряно.',
    },
    en: { title: 'The worker does not answer', text: 'See to it that it runs, and try again: nothing is lost.' },
  },
};
