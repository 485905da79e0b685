import { readEnvironment } from './environment.ts';

const url = 'mysql://writer:very-secret@127.0.0.1:3306/asteriskcdrdb';

describe("the player's environment", () => {
  it('needs only the database', () => {
    expect(readEnvironment({ SANDBOX_PBX_DATABASE_URL: url, SANDBOX_PBX_PORT: ' ' })).toEqual({
      port: 8091,
      databaseUrl: url,
      timezone: 'Europe/Moscow',
      callEverySeconds: 6,
    });
  });

  it.each([
    ['0', 0],
    ['0.5', 0.5],
    ['30', 30],
  ])('may ask for a call every %s seconds', (text, seconds) => {
    const environment = { SANDBOX_PBX_DATABASE_URL: url, SANDBOX_PBX_CALL_EVERY_SECONDS: text };
    expect(readEnvironment(environment).callEverySeconds).toBe(seconds);
  });

  it('is refused with all its faults at once and none of its values', () => {
    const broken = {
      SANDBOX_PBX_DATABASE_URL: 'postgres://writer:very-secret@db/x',
      SANDBOX_PBX_PORT: '70000',
      SANDBOX_PBX_TIMEZONE: 'Moscow',
      SANDBOX_PBX_CALL_EVERY_SECONDS: '-1',
    };
    const message = messageOf(() => readEnvironment(broken));
    for (const name of Object.keys(broken)) expect(message).toContain(`${name} has a wrong form`);
    expect(message).not.toContain('very-secret');
    expect(messageOf(() => readEnvironment({}))).toContain('SANDBOX_PBX_DATABASE_URL is missing');
  });
});

function messageOf(fails: () => unknown): string {
  try {
    fails();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It did not fail');
}
