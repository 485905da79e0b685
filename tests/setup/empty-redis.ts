import { withRedis } from '../rig/redis.ts';

// what an earlier file has counted (guesses, clicks, requests of an account) is not for this one
beforeAll(() => withRedis((redis) => redis.flushdb()));
