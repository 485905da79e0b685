import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

/** Nothing heard for so long is worth a question. */
const silentHours = 24;

export const installationsQuery = (search: string, page: number, isSilent: boolean) => ({
  queryKey: ['installations', search, page, isSilent],
  queryFn: () => {
    const query = { ...(search && { search }), ...(page > 1 && { page }), ...(isSilent && { silentHours }) };
    return bodyOf(api.GET('/api/installations', { params: { query } }));
  },
});

/** Who came with a key that is in use elsewhere. */
export const foreignKeysQuery = {
  queryKey: ['foreign-keys'],
  queryFn: () => bodyOf(api.GET('/api/foreign-keys')),
};
