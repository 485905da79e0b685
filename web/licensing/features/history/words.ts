import type { Words } from '../../../kit/language.tsx';

interface Texts extends Record<'title' | 'about' | 'none' | 'noneText' | 'older', string> {
  /** Who did it, as the server writes it: `user:login`, `installation` or `shell`. */
  actor(actor: string): string;
}

const login = (actor: string) => (actor.startsWith('user:') ? actor.slice('user:'.length) : undefined);

export const texts: Words<Texts> = {
  ru: {
    ...{ title: 'История', about: 'Кто, когда и что сделал. Изменить её нельзя.' },
    ...{ none: 'Ещё ничего не происходило', noneText: 'Здесь появится каждая продажа и активация.' },
    older: 'Более ранние',
    actor: (actor) => login(actor) ?? { installation: 'сервер клиента', shell: 'командная строка' }[actor] ?? actor,
  },
  en: {
    ...{ title: 'History', about: 'Who did what and when. Nobody can change it.' },
    ...{ none: 'Nothing has happened yet', noneText: 'Each sale and activation will stand here.' },
    older: 'Older ones',
    actor: (actor) => login(actor) ?? { installation: "the customer's server", shell: 'the shell' }[actor] ?? actor,
  },
};
