import { fixedAccess } from '../../activities/amocrm/access.ts';
import { createRequestBudget, type Lane } from '../../activities/amocrm/budget.ts';
import { createAmocrmClient } from '../../activities/amocrm/client.ts';
import { createRequestLimiter } from '../../activities/amocrm/limiter.ts';
import { openRedis } from '../../activities/store/redis.ts';

/** A process that asks amoCRM as fast as it is let; says how many of its requests failed. */

const { REDIS_URL = '', AMOCRM_BASE_URL = '', AMOCRM_ACCESS_TOKEN = '', ACCOUNT = '', LANE, REQUESTS } = process.env;
const redis = openRedis(REDIS_URL, (message) => console.error(message));
const budget = createRequestBudget(redis, { integration: 'token', accountId: ACCOUNT });
const limiter = createRequestLimiter(budget, LANE as Lane);
const access = fixedAccess({ baseUrl: AMOCRM_BASE_URL, token: AMOCRM_ACCESS_TOKEN });
const client = createAmocrmClient({ access, limiter });
const requests = Array.from({ length: Number(REQUESTS) }, () => client.GET('/api/v4/users'));
const outcomes = await Promise.allSettled(requests);
console.log(`failed: ${outcomes.filter(({ status }) => status === 'rejected').length}`);
await redis.quit();
