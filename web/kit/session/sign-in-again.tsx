import { useWords, type Words } from '../language.tsx';
import { SignIn } from './sign-in.tsx';

/** Over everything, so that nothing beneath can be reached, also dialogs: the browser sees to it. */
export function SignInAgain() {
  const words = useWords(texts);
  return (
    <dialog
      aria-label={words.name}
      ref={(dialog) => {
        if (dialog && !dialog.open) dialog.showModal();
      }}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === 'Escape' && event.preventDefault()}
      style={{
        ...{ border: 'none', padding: 0, width: '100%', height: '100%', maxWidth: 'none', maxHeight: 'none' },
        ...{ background: 'rgb(0 0 0 / 55%)', color: 'inherit' },
      }}
    >
      <SignIn reason={words.ended} />
    </dialog>
  );
}

const texts: Words<Record<'name' | 'ended', string>> = {
  ru: {
    name: 'Войдите ещё раз',
    ended: 'Сеанс закончился. Войдите под тем же именем — введённое на странице осталось на месте.',
  },
  en: {
    name: 'Sign in once more',
    ended: 'Your session has ended. Sign in by the same name: what you have entered on the page is still there.',
  },
};
