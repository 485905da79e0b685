import { useMutation } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { ApiFailure, bodyOf } from '../api.ts';
import { doors, type Person } from './doors.ts';

/** Who is signed in; null: nobody. */
export const sessionQuery = {
  queryKey: ['session'],
  async queryFn(): Promise<Person | null> {
    try {
      return await bodyOf(doors.GET('/api/session'));
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) return null;
      throw error;
    }
  },
};

interface SessionOf {
  user: Person;
  /** To be called when the server does not let us: perhaps nobody is signed in any more. */
  check: () => void;
}

export const Session = createContext<SessionOf | undefined>(undefined);

/** Whose pages these are; only for what stands inside of `SignedIn`. */
export const useSession = (): SessionOf => useContext(Session) as SessionOf;

export const useUser = (): Person => useSession().user;

export function useSignOut() {
  return useMutation({
    mutationFn: () => bodyOf(doors.DELETE('/api/session')),
    // what was read as this person is not for the next; the page starts anew
    onSuccess: () => window.location.assign('/'),
  });
}
