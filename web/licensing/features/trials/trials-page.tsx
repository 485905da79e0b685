import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { bodyOf } from '../../../kit/api.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { api } from '../../app/api.ts';
import { Paging, SearchField, useSearch } from '../../ui/search-field.tsx';
import { TrialTable } from './trial-table.tsx';
import { texts } from './words.ts';

const trialsQuery = (search: string, page: number) => ({
  queryKey: ['trials', search, page],
  queryFn: () =>
    bodyOf(api.GET('/api/trials', { params: { query: { ...(search && { search }), ...(page > 1 && { page }) } } })),
});

/** Who tries Ringflow, and until when. */
export default function TrialsPage() {
  const words = useWords(texts);
  const search = useSearch();
  const found = useQuery({ ...trialsQuery(search.search, search.page), placeholderData: keepPreviousData });
  return (
    <Page title={words.title} about={words.about}>
      <SearchField label={words.searchBy} of={search} />
      <Asked query={found}>
        {({ trials, total, pageSize }) =>
          total === 0 ? (
            <EmptyState
              title={search.search ? words.nothing : words.none}
              text={search.search ? words.nothingText : words.noneText}
            />
          ) : (
            <>
              <TrialTable trials={trials} />
              <Paging of={search} total={total} pageSize={pageSize} />
            </>
          )
        }
      </Asked>
    </Page>
  );
}
