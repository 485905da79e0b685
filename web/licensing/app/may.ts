import { useUser } from '../../kit/session/user.ts';
import type { Role } from './api.ts';

/** What not everybody may do; the server says the same, here it decides what is shown. */
const allowed = {
  revoke: ['admin'],
  'correct-end': ['admin', 'support'],
  'extend-trial': ['admin', 'support'],
  'see-partners': ['admin', 'support'],
  'change-partners': ['admin'],
  'manage-users': ['admin'],
} satisfies Record<string, readonly Role[]>;

/** Whether who is signed in may do a thing. */
export function useMay(): (deed: keyof typeof allowed) => boolean {
  const role = useUser().role as Role;
  return (deed) => (allowed[deed] as readonly Role[]).includes(role);
}
