import { type BufferedMetricUpdate, MetricsBuffer } from '@temporalio/worker';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** So often the SDK's updates are taken over; they must not fill their buffer. */
const drainEveryMs = 2_000;

/** Of all that the SDK tells with its metrics; none of them is the id of a workflow. */
const labelNames = [
  ...['namespace', 'task_queue', 'worker_type', 'poller_type', 'workflow_type', 'activity_type', 'operation'],
  ...['status_code', 'failure_reason', 'cause', 'eager'],
];
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

/** Metrics of Temporal's SDK among ours, as Prometheus wants them to be called. @returns what the SDK's runtime is given */
export function temporalMetrics(registry: Registry): MetricsBuffer {
  const buffer = new MetricsBuffer({ maxBufferSize: 50_000, useSecondsForDurations: true });
  const made = new Map<string, (labels: Record<string, string>, value: number) => void>();
  const drain = () => {
    for (const { metric, value, attributes } of buffer.retrieveUpdates()) {
      const take = made.get(metric.name) ?? taker(registry, metric);
      made.set(metric.name, take);
      take(labelsOf(attributes), value);
    }
  };
  setInterval(drain, drainEveryMs).unref();
  return buffer;
}

function taker(registry: Registry, { name, kind, unit, description }: BufferedMetricUpdate['metric']) {
  const help = description || `${name}, of Temporal's SDK.`;
  const shared = { help, labelNames, registers: [registry] };
  if (kind === 'histogram') {
    const isTime = unit === 's' || unit === 'duration' || unit === 'seconds';
    const histogram = new Histogram({
      ...{ ...shared, name: isTime ? `${name}_seconds` : name },
      buckets: secondsBuckets,
    });
    return (labels: Record<string, string>, value: number) => histogram.observe(labels, value);
  }
  if (kind === 'counter') {
    const counter = new Counter({ ...shared, name: name.endsWith('_total') ? name : `${name}_total` });
    return (labels: Record<string, string>, value: number) => counter.inc(labels, value);
  }
  const gauge = new Gauge({ ...shared, name });
  return kind === 'gauge'
    ? (labels: Record<string, string>, value: number) => gauge.set(labels, value)
    : (labels: Record<string, string>, value: number) => gauge.inc(labels, value);
}

function labelsOf(attributes: BufferedMetricUpdate['attributes']): Record<string, string> {
  const known = Object.entries(attributes).filter(([name]) => labelNames.includes(name));
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}
