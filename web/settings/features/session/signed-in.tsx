import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Asked } from '../../ui/query.tsx';
import { SignIn } from './sign-in.tsx';
import { sessionQuery } from './user.ts';

/** Shows what is for people who are signed in, else lets them sign in, at the same address. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  return <Asked query={session}>{(user) => (user === null ? <SignIn /> : children)}</Asked>;
}
