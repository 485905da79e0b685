import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { isTimeZone } from '../../proto/pbx-time.ts';

export interface PlayerEnvironment {
  port: number;
  /** Of a user who may SELECT, INSERT and CREATE. */
  databaseUrl: string;
  timezone: string;
  /** Time between the beginnings of automatic calls; 0: none come until they are switched on. */
  callEverySeconds: number;
}

/** Each variable with what it should look like, for the error. */
const Variables = Type.Object({
  SANDBOX_PBX_PORT: Type.String({ default: '8091', pattern: '^\\d{1,5}$', hint: 'a port, 0 to 65535' }),
  SANDBOX_PBX_DATABASE_URL: Type.String({
    pattern: '^mysql://[^/]+/[^/?]+',
    hint: 'mysql://user:password@host:port/database',
  }),
  SANDBOX_PBX_TIMEZONE: Type.String({ default: 'Europe/Moscow', hint: 'a time zone, such as Europe/Moscow' }),
  SANDBOX_PBX_CALL_EVERY_SECONDS: Type.String({
    default: '6',
    pattern: '^\\d{1,4}(\\.\\d{1,3})?$',
    hint: 'seconds between automatic calls, such as 6 or 0.5; 0 for none',
  }),
});
type Variables = Static<typeof Variables>;

/** The environment can't be used; the message lists every fault and no values: some are secret. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  constructor(faults: string[]) {
    super(`The PBX player can't start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** @throws EnvironmentError */
export function readEnvironment(environment: Record<string, string | undefined>): PlayerEnvironment {
  const given = Object.entries(environment).filter(([name, value]) => name in Variables.properties && value?.trim());
  const variables = Value.Default(Variables, Object.fromEntries(given)) as Variables;
  const faults = faultsOf(variables);
  if (faults.length > 0) throw new EnvironmentError(faults);
  return {
    port: Number(variables.SANDBOX_PBX_PORT),
    databaseUrl: variables.SANDBOX_PBX_DATABASE_URL,
    timezone: variables.SANDBOX_PBX_TIMEZONE,
    callEverySeconds: Number(variables.SANDBOX_PBX_CALL_EVERY_SECONDS),
  };
}

function faultsOf(variables: Variables): string[] {
  const isMore: Partial<Record<keyof Variables, (value: string) => boolean>> = {
    SANDBOX_PBX_PORT: (value) => Number(value) < 65_536,
    SANDBOX_PBX_DATABASE_URL: URL.canParse,
    SANDBOX_PBX_TIMEZONE: isTimeZone,
  };
  return Object.entries(Variables.properties).flatMap(([key, schema]) => {
    const name = key as keyof Variables;
    const value = variables[name];
    const { hint } = schema as unknown as { hint: string };
    if (value === undefined) return [`${name} is missing: ${hint}`];
    const isRight = Value.Check(schema, value) && (isMore[name]?.(value) ?? true);
    return isRight ? [] : [`${name} has a wrong form: expected ${hint}`];
  });
}
