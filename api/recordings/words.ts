/** Why somebody can't listen to a recording: told to amoCRM's users on a page, and beside the player. */
export const recordingErrors = {
  'recording-none': {
    ru: { title: 'У этого звонка нет записи', text: 'АТС его не записывала, или никто не разговаривал.' },
    en: { title: 'This call has no recording', text: 'The PBX did not record it, or nobody talked.' },
  },
  'recording-no-link': {
    ru: { title: 'Такой ссылки нет', text: 'Откройте запись из карточки amoCRM: адрес мог скопироваться не целиком.' },
    en: {
      title: 'There is no such link',
      text: 'Open the recording in amoCRM: the address may not have been copied whole.',
    },
  },
  'recording-link-revoked': {
    ru: { title: 'Эта ссылка отозвана', text: 'Попросите администратора Ringflow выдать новую.' },
    en: { title: 'This link was revoked', text: 'Ask an administrator of Ringflow for a new one.' },
  },
  'recording-link-expired': {
    ru: { title: 'Срок этой ссылки истёк', text: 'Запись можно послушать в журнале Ringflow, если она ещё хранится.' },
    en: {
      title: 'This link has expired',
      text: "The recording can be heard in Ringflow's journal if it is still kept.",
    },
  },
  'recording-gone': {
    ru: {
      title: 'Этой записи больше нет',
      text: 'Срок хранения записей истёк. Его задаёт администратор на странице «Записи».',
    },
    en: {
      title: 'This recording is gone',
      text: 'Recordings are kept for a time that an administrator sets on the page “Recordings”.',
    },
  },
  'recording-other-network': {
    ru: {
      title: 'Отсюда записи не слушают',
      text: 'Они открыты только для сети компании: подключитесь к ней (VPN) или спросите администратора.',
    },
    en: {
      title: 'Recordings are not heard from here',
      text: "They are open to the company's network only: connect to it (VPN), or ask an administrator.",
    },
  },
  'recording-no-source': {
    ru: {
      title: 'Неизвестно, где лежат записи этой АТС',
      text: 'Администратор указывает это на странице «АТС» → «AMI и записи».',
    },
    en: {
      title: 'Nobody has said where this PBX keeps its recordings',
      text: 'An administrator does so on the page “PBXs” → “AMI and recordings”.',
    },
  },
  'recording-away': {
    ru: {
      title: 'Записи сейчас недоступны',
      text: 'Повторите через минуту. Если не поможет, пусть администратор нажмёт «Проверить» на странице этой АТС.',
    },
    en: {
      title: 'Recordings can not be reached now',
      text: "Try again in a minute. If that does not help, an administrator should press “Check” on the PBX's page.",
    },
  },
  'recording-not-yet': {
    ru: {
      title: 'Запись ещё не готова',
      text: 'Звонок только что закончился: АТС ещё пишет файл. Повторите через полминуты.',
    },
    en: {
      title: 'The recording is not there yet',
      text: 'The call has just ended and the PBX still writes the file. Try again in half a minute.',
    },
  },
  'recording-not-found': {
    ru: {
      title: 'Файла записи нет',
      text: 'АТС назвала его, но в её папке записей такого нет: его удалили или перенесли.',
    },
    en: {
      title: 'The file of the recording is not there',
      text: 'The PBX has named it, but its folder of recordings does not have it: it was deleted or moved.',
    },
  },
  'recording-empty': {
    ru: { title: 'Запись пуста', text: 'В файле нет звука: никто не разговаривал.' },
    en: { title: 'The recording is empty', text: 'There is no sound in the file: nobody talked.' },
  },
  'recording-busy': {
    ru: { title: 'Запись готовится', text: 'Повторите через полминуты.' },
    en: { title: 'The recording is being prepared', text: 'Try again in half a minute.' },
  },
  'recording-no-converter': {
    ru: {
      title: 'Запись в формате, который браузер не играет',
      text: 'Пусть администратор установит ffmpeg на машину, где работает api.',
    },
    en: {
      title: 'No browser plays recordings of this format',
      text: 'An administrator should install ffmpeg on the machine where api runs.',
    },
  },
  'recording-not-playable': {
    ru: { title: 'Запись не читается', text: 'Файл повреждён или слишком велик. Послушайте его на самой АТС.' },
    en: {
      title: 'The recording can not be read',
      text: 'The file is damaged, or too big. Listen to it on the PBX itself.',
    },
  },
} as const;
