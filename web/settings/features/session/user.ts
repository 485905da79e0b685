import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import type { User } from '../../../../proto/user.ts';
import { ApiFailure, api, bodyOf } from '../../app/api.ts';

/** Who is signed in; null: nobody. */
export const sessionQuery = {
  queryKey: ['session'],
  async queryFn(): Promise<User | null> {
    try {
      return await bodyOf(api.GET('/api/session'));
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) return null;
      throw error;
    }
  },
};

/** The person who is signed in; only for what stands inside of `SignedIn`. */
export function useUser(): User {
  return useSuspenseQuery(sessionQuery).data as User;
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => bodyOf(api.DELETE('/api/session')),
    // what was read as this person is not for the next; the page starts anew
    onSuccess: () => window.location.assign('/'),
  });
}
