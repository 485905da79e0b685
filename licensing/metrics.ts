import type { Server, Tools } from './tools.ts';

/** What was asked and answered since the start, for Prometheus (text exposition format 0.0.4). */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const counts = new Map<string, number>();
  const seconds = new Map<string, number>();
  const add = (map: Map<string, number>, labels: string, value: number) =>
    void map.set(labels, (map.get(labels) ?? 0) + value);

  return {
    /** @param outcome `ok`, or the code of the error */
    count(operation: string, outcome: string, tookSeconds: number): void {
      add(counts, `{operation="${operation}",outcome="${outcome}"}`, 1);
      add(seconds, `{operation="${operation}"}`, tookSeconds);
    },

    text(): string {
      return [
        '# HELP ringflow_licensing_requests_total Requests of installations, by what came of them.',
        '# TYPE ringflow_licensing_requests_total counter',
        ...[...counts].map(([labels, value]) => `ringflow_licensing_requests_total${labels} ${value}`),
        '# HELP ringflow_licensing_request_seconds_total Time that their answers took.',
        '# TYPE ringflow_licensing_request_seconds_total counter',
        ...[...seconds].map(
          ([labels, value]) => `ringflow_licensing_request_seconds_total${labels} ${value.toFixed(6)}`,
        ),
        '# HELP process_resident_memory_bytes Memory of the process.',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '',
      ].join('\n');
    },
  };
}

export function serveMetrics(app: Server, { metrics }: Tools): void {
  app.get('/metrics', (_request, reply) =>
    reply.header('cache-control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text()),
  );
}
