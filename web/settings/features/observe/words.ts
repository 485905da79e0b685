import type { ComparisonOutcome } from '../../../../proto/journal.ts';
import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'noPbx'
  | 'noPbxText'
  | 'acting'
  | 'actingMeans'
  | 'observing'
  | 'observingMeans'
  | 'observe'
  | 'observeMeans'
  | 'withoutEnd'
  | 'withoutEndMeans'
  | 'untilTime'
  | 'untilTimeMeans'
  | 'time'
  | 'switchesAt'
  | 'timeFault'
  | 'cutOver'
  | 'cutOverMeans'
  | 'otherTime'
  | 'yes'
  | 'no'
  | 'changed'
  | 'comparison'
  | 'comparisonAbout'
  | 'from'
  | 'to'
  | 'none'
  | 'noneText'
  | 'noneOfThese'
  | 'older'
  | 'refresh';

interface Texts extends Record<Label, string> {
  outcomes: Record<ComparisonOutcome, string>;
  unread(reason: string): string;
  userOf(id: number): string;
  waiting: string;
  same: string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Наблюдение',
    about:
      'Пока звонки в amoCRM записывает другой продукт, Ringflow может только смотреть: решает, что сделал бы сам, и сравнивает.',
    ...{ noPbx: 'АТС ещё не добавлена', noPbxText: 'Добавьте её на странице «АТС».' },
    ...{ acting: 'работает', observing: 'наблюдает' },
    actingMeans: 'Ringflow показывает карточки и записывает звонки этой АТС в amoCRM.',
    observingMeans:
      'Ringflow следит за звонками и ничего не пишет: ни карточек, ни звонков, ни контактов, сделок и задач.',
    ...{ observe: 'Наблюдать…', withoutEnd: 'Пока не переключат', untilTime: 'До времени' },
    observeMeans:
      'С этой минуты новые звонки Ringflow записывать не будет. Включайте, только если их записывает другой продукт: наблюдавшиеся звонки потом не записываются.',
    withoutEndMeans: 'Ringflow начнёт работать, когда вы нажмёте «Переключить сейчас».',
    untilTimeMeans:
      'Звонки, начавшиеся в это время и позже, Ringflow запишет сам. К этому времени выключите другой продукт, иначе звонки будут записаны дважды.',
    ...{ time: 'Переключить в', switchesAt: 'переключится', timeFault: 'Укажите время, которое ещё не прошло.' },
    cutOver: 'Переключить сейчас…',
    cutOverMeans:
      'Новые звонки Ringflow будет записывать сам, идущие донаблюдает до конца. Выключите другой продукт, иначе звонки будут записаны дважды. Вернуть наблюдение можно здесь же.',
    ...{
      otherTime: 'Изменить время…',
      yes: 'Да, так и сделать',
      no: 'Нет',
      changed: 'Готово: действует со следующего звонка.',
    },
    comparison: 'Сравнение',
    comparisonAbout: 'Что записал бы Ringflow и что стоит в amoCRM от другого продукта.',
    ...{ from: 'С', to: 'По' },
    none: 'Сравнивать ещё нечего',
    noneText: 'Включите наблюдение и дождитесь звонков: через минуту после каждого появится сравнение.',
    noneOfThese: 'Таких звонков нет.',
    ...{ older: 'Более ранние', refresh: 'Обновить' },
    outcomes: {
      ...{ differs: 'Расходятся', missing: 'Там нет', same: 'Совпадают' },
      ...{ unread: 'Не удалось сравнить', waiting: 'Ещё не сравнены' },
    },
    unread: (reason) => `amoCRM не удалось спросить: ${reason}`,
    userOf: (id) => `пользователь ${id}`,
    waiting: 'Сравнение будет через минуту-другую после звонка.',
    same: 'Записан так же, как записал бы Ringflow.',
  },
  en: {
    title: 'Observe',
    about:
      'While another product registers calls in amoCRM, Ringflow can look on: it decides what it would do and compares.',
    ...{ noPbx: 'No PBX yet', noPbxText: 'Add one on the page “PBXs”.' },
    ...{ acting: 'acting', observing: 'observing' },
    actingMeans: 'Ringflow shows cards and registers the calls of this PBX in amoCRM.',
    observingMeans: 'Ringflow follows the calls and writes nothing: no card, call, contact, lead or task.',
    ...{ observe: 'Observe…', withoutEnd: 'Until somebody switches', untilTime: 'Until a time' },
    observeMeans:
      'From this minute on Ringflow registers no new call. Do so only if another product does: what was observed is never registered later.',
    withoutEndMeans: 'Ringflow acts once you press “Cut over now”.',
    untilTimeMeans:
      'Calls that begin at that time or later are registered by Ringflow. Switch the other product off by then, else calls are registered twice.',
    ...{ time: 'Cut over at', switchesAt: 'cuts over at', timeFault: 'Name a time that is still to come.' },
    cutOver: 'Cut over now…',
    cutOverMeans:
      'Ringflow registers new calls itself, and observes those that go on to their end. Switch the other product off, else calls are registered twice. You can go back to observing here.',
    ...{ otherTime: 'Change the time…', yes: 'Yes, do so', no: 'No', changed: 'Done: it holds from the next call on.' },
    comparison: 'Comparison',
    comparisonAbout: 'What Ringflow would have written, beside what another product has left in amoCRM.',
    ...{ from: 'From', to: 'To' },
    none: 'Nothing to compare yet',
    noneText: 'Switch observing on and wait for calls: a minute after each it is compared.',
    noneOfThese: 'There are no such calls.',
    ...{ older: 'Older ones', refresh: 'Refresh' },
    outcomes: {
      ...{ differs: 'Differ', missing: 'Missing there', same: 'The same' },
      ...{ unread: 'Could not be compared', waiting: 'Not compared yet' },
    },
    unread: (reason) => `amoCRM could not be asked: ${reason}`,
    userOf: (id) => `user ${id}`,
    waiting: 'It is compared a minute or two after the call.',
    same: 'Registered as Ringflow would have.',
  },
};
