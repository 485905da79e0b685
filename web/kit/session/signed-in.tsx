import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { Loading } from '../loading.tsx';
import { createQueries } from '../queries.ts';
import { Asked } from '../query.tsx';
import type { Person } from './doors.ts';
import { SignIn } from './sign-in.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { Session, sessionQuery } from './user.ts';

/** Shows what is for people who are signed in, else lets them sign in, at the same address. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  return <Asked query={session}>{(user) => <WithPerson user={user}>{children}</WithPerson>}</Asked>;
}

/** When a session ends the pages stay beneath, with what was entered in them, for the same person to come back to. */
function WithPerson({ user, children }: { user: Person | null; children: ReactNode }) {
  const [last, setLast] = useState(user);
  if (user !== null && user !== last) setLast(user);
  const person = user ?? last;
  if (person === null) return <SignIn />;
  return (
    <>
      <OwnPages key={person.id} user={person} isSignedIn={user !== null}>
        {children}
      </OwnPages>
      {user === null && <SignInAgain />}
    </>
  );
}

/** What one person has read is not for the next: each has their own queries. */
function OwnPages({ user, isSignedIn, children }: { user: Person; isSignedIn: boolean; children: ReactNode }) {
  const shared = useQueryClient();
  const [session] = useState(() => {
    const check = () => void shared.invalidateQueries({ queryKey: sessionQuery.queryKey });
    return { check, queries: createQueries(check) };
  });
  const { check, queries } = session;
  useEffect(() => {
    if (isSignedIn) return;
    return () => void queries.invalidateQueries(); // what was refused meanwhile
  }, [isSignedIn, queries]);
  const value = useMemo(() => ({ user, check }), [user, check]);
  return (
    <Session value={value}>
      <QueryClientProvider client={queries}>
        {/* here, since what waits above would begin anew, with nothing remembered */}
        <Suspense fallback={<Loading />}>{children}</Suspense>
      </QueryClientProvider>
    </Session>
  );
}
