import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api.ts';

/** What was asked of the API and is remembered. @param onSignedOut an answer has said that nobody is signed in */
export function createQueries(onSignedOut?: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiFailure && error.status === 401) onSignedOut?.();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // what the server has refused it refuses again
        retry: (count, error) =>
          count < 2 && !(error instanceof ApiFailure && error.status >= 400 && error.status < 500),
      },
    },
  });
}
