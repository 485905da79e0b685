import type { paths } from '../../../proto/generated/api.ts';
import type { User } from '../../../proto/user.ts';
import { createApi } from '../api.ts';

/** How one signs in and out; the settings and the licensing server have the same doors. */
export const doors =
  createApi<
    Pick<paths, '/api/session' | '/api/sessions' | '/api/sessions/{id}' | '/api/password-link' | '/api/password'>
  >();

/** Who is signed in. Each server has roles of its own. */
export type Person = Pick<User, 'id' | 'login' | 'name'> & { role: string };
