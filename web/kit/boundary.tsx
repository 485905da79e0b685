import { Alert, Button, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ApiFailure } from './api.ts';
import { useWords, type Words } from './language.tsx';
import { PageNotLoaded } from './lazy-page.ts';

interface BoundaryParts {
  /** The address of what is shown: another one may go well. */
  at?: string;
  children: ReactNode;
}

/** What can't be shown says so, in place of a white page. */
export class Boundary extends Component<BoundaryParts, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate({ at }: BoundaryParts) {
    if (at !== this.props.at && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    return this.state.error !== undefined ? <NotShown error={this.state.error} /> : this.props.children;
  }
}

function NotShown({ error }: { error: unknown }) {
  const words = useWords(texts);
  const [title, text] =
    error instanceof ApiFailure
      ? [error.message, error.whatToDo]
      : error instanceof PageNotLoaded
        ? [words.notLoaded, words.notLoadedText]
        : [words.notShown, words.notShownText];
  return (
    <Alert color="red" role="alert" title={title} maw={700} m="md">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text}</Text>
        <Button size="xs" onClick={() => window.location.reload()}>
          {words.reload}
        </Button>
      </Stack>
    </Alert>
  );
}

const texts: Words<Record<'notShown' | 'notShownText' | 'notLoaded' | 'notLoadedText' | 'reload', string>> = {
  ru: {
    notShown: 'Не удалось показать страницу',
    notShownText: 'Обновите её. Если не поможет, сообщите администратору.',
    notLoaded: 'Похоже, Ringflow обновили',
    notLoadedText:
      'Обновите страницу — откроется новая версия. Если не открывается, сервер недоступен: попробуйте через минуту.',
    reload: 'Обновить',
  },
  en: {
    notShown: 'The page could not be shown',
    notShownText: 'Reload it; if that does not help, tell your administrator.',
    notLoaded: 'There seems to be a new version of Ringflow',
    notLoadedText: 'Reload the page to get it. If it does not come, the server is away: try again in a minute.',
    reload: 'Reload',
  },
};
