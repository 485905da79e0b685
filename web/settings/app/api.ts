import type { paths } from '../../../proto/generated/api.ts';
import { createApi } from '../../kit/api.ts';

/** Ringflow's API. */
export const api = createApi<paths>();
