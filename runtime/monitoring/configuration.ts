import { type Static, Type } from 'typebox';
import { isLoopback } from '../../proto/amocrm-address.ts';

/** The processes of Ringflow, by the names that stand in logs and metrics. */
export type PartName = 'worker' | 'connector' | 'api';

/** How operators look into the processes. */
export interface MonitoringConfiguration {
  /** Where each process tells of its health and its metrics. */
  host: string;
  /** 0: any that is free; the log says which. */
  ports: Record<PartName, number>;
  /** Who has it may read metrics from elsewhere, and `/status` without signing in; undefined: nobody. */
  token: string | undefined;
  /** Lines below it are not written. */
  logLevel: string;
  /** Where traces are sent by OTLP over HTTP; undefined: none are made. */
  tracesUrl: string | undefined;
}

const port = (preset: string) =>
  Type.String({ default: preset, pattern: '^\\d{1,5}$', hint: 'a port; 0 for any that is free' });

export const monitoringVariables = {
  METRICS_HOST: Type.String({ default: '127.0.0.1', pattern: '^[\\w.:-]+$', hint: 'an address of this machine' }),
  WORKER_METRICS_PORT: port('9464'),
  CONNECTOR_METRICS_PORT: port('9465'),
  API_METRICS_PORT: port('9466'),
  MONITORING_TOKEN: Type.String({
    default: '',
    pattern: '^$|^[\\x21-\\x7e]{16,200}$',
    hint: '16 to 200 signs that nobody can guess, such as openssl rand -hex 24 prints',
  }),
  LOG_LEVEL: Type.String({
    default: 'info',
    pattern: '^(debug|info|warn|error)$',
    hint: 'debug, info, warn or error',
  }),
  TRACES_URL: Type.String({
    default: '',
    pattern: '^$|^https?://[^\\s]+$',
    hint: 'where a collector takes traces by OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces',
  }),
};
const variables = Type.Object(monitoringVariables);
type Variables = Static<typeof variables>;

export function monitoringOf(variables: Variables): MonitoringConfiguration {
  return {
    host: variables.METRICS_HOST,
    ports: {
      worker: Number(variables.WORKER_METRICS_PORT),
      connector: Number(variables.CONNECTOR_METRICS_PORT),
      api: Number(variables.API_METRICS_PORT),
    },
    token: variables.MONITORING_TOKEN || undefined,
    logLevel: variables.LOG_LEVEL,
    tracesUrl: variables.TRACES_URL || undefined,
  };
}

/** What a pattern can't tell. */
export function faultsOfMonitoring(variables: Variables): string[] {
  const { METRICS_HOST, MONITORING_TOKEN } = variables;
  const names = ['WORKER_METRICS_PORT', 'CONNECTOR_METRICS_PORT', 'API_METRICS_PORT'] as const;
  const isOpen = !isLoopback(`http://${METRICS_HOST.includes(':') ? `[${METRICS_HOST}]` : METRICS_HOST}`);
  return [
    ...names
      .filter((name) => Number(variables[name]) > 65_535)
      .map((name) => `${name} is no port: expected 0 to 65535`),
    ...(isOpen && MONITORING_TOKEN === ''
      ? [`MONITORING_TOKEN is missing: others can reach ${METRICS_HOST}, and metrics name accounts and PBXs`]
      : []),
  ];
}
