import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

/** Extensions that have taken part in calls or were asked for, the last to do so first. */
export const seenExtensionsQuery = (account: string) => ({
  queryKey: ['seen-extensions', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/extensions', { params: { path: { account } } })),
});
