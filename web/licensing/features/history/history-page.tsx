import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { HistoryList } from './history-list.tsx';
import { texts } from './words.ts';

/** All that was done on this server. */
export default function HistoryPage() {
  const words = useWords(texts);
  return (
    <Page title={words.title} about={words.about}>
      <HistoryList of={{}} />
    </Page>
  );
}
